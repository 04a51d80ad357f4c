package web

import (
	"net/http"
	"slices"
	"strconv"
)

// An Answer is what a handler has answered, whole, as it goes out. It can be
// sent any number of times, and isn't changed by that.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Record returns what a handler answers to r. It is the answer to GET without
// conditions: SendTo leaves out what a reader doesn't want. The status is 0
// where the handler has answered nothing.
func Record(r *http.Request, next http.Handler) *Answer {
	plain := *r
	plain.Method = http.MethodGet
	if r.Header.Get("If-None-Match") != "" {
		plain.Header = r.Header.Clone()
		plain.Header.Del("If-None-Match")
	}
	w := recorder{header: make(http.Header)}
	next.ServeHTTP(&w, &plain)
	for name, values := range w.header {
		w.header[name] = slices.Clip(values) // who adds one gets a copy
	}
	return &Answer{w.status, w.header, w.body}
}

// Size is about how many bytes an answer takes in memory.
func (a *Answer) Size() int {
	n := len(a.Body)
	for name, values := range a.Header {
		n += len(name) + 64
		for _, v := range values {
			n += len(v)
		}
	}
	return n
}

// SendTo sends the answer, or 304 where the reader has it already; to HEAD its
// headers alone.
func (a *Answer) SendTo(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for name, values := range a.Header {
		h[name] = values
	}
	if a.Status == http.StatusOK && matches(r.Header.Values("If-None-Match"), h.Get("ETag")) {
		notModified(w)
		return
	}
	if h.Get("Content-Length") == "" {
		h.Set("Content-Length", strconv.Itoa(len(a.Body)))
	}
	w.WriteHeader(a.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(a.Body) // a reader who has left is nobody's error
	}
}

// A recorder is a reader who keeps what is sent.
type recorder struct {
	header http.Header
	status int
	body   []byte
}

func (w *recorder) Header() http.Header { return w.header }

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

func (w *recorder) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	w.body = append(w.body, p...)
	return len(p), nil
}

// take is Write of a whole body that nobody else uses any more.
func (w *recorder) take(body []byte) {
	if len(w.body) > 0 {
		_, _ = w.Write(body)
		return
	}
	w.WriteHeader(http.StatusOK)
	w.body = body
}
