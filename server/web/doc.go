// Package web sends answers and stands in front of those who make them. It
// knows HTTP and nothing of what is sent: bodies with their ETags, compressed as
// the reader accepts (Send), static files under hashed names (Static), the
// headers, log lines, bounds and places that every request has, and the answers
// about the process itself (Healthz, Readyz).
package web
