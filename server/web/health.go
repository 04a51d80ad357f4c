package web

import "net/http"

// Healthz says that the process answers.
func Healthz(w http.ResponseWriter, r *http.Request) { plainText(w, r, http.StatusOK, "ok\n") }

// Readyz returns the handler that says whether there is content to answer
// from, and which: revision is asked for it. While closing says so it is over.
func Readyz(closing func() bool, revision func() (string, bool)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		text, status := "stopping\n", http.StatusServiceUnavailable
		if !closing() {
			text = "not ready\n"
			if rev, ok := revision(); ok {
				text, status = "ready "+rev+"\n", http.StatusOK
			}
		}
		if status != http.StatusOK {
			(&StatusError{Status: status}).Headers(w)
		}
		plainText(w, r, status, text)
	}
}

// PlainError answers outside of the pages: static files, health, and what
// goes wrong before there is a corpus.
func PlainError(w http.ResponseWriter, r *http.Request, status int) {
	plainText(w, r, status, http.StatusText(status)+"\n")
}

func plainText(w http.ResponseWriter, r *http.Request, status int, text string) {
	w.Header().Set("Content-Type", TypeText)
	w.Header().Set("Cache-Control", "no-store")
	write(w, r, status, []byte(text))
}
