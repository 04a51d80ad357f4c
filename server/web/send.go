package web

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
)

// Media types of what the server sends.
const (
	TypeHTML = "text/html; charset=utf-8"
	TypeText = "text/plain; charset=utf-8"
	TypeJSON = "application/json"
	TypeSVG  = "image/svg+xml"
	TypeXML  = "application/xml; charset=utf-8"
)

// Send answers with a whole body: compressed as the reader accepts, with an
// ETag, or with 304 where the reader has it already. It answers HEAD with the
// headers that GET would get. An ETag that is set already stays. The body is
// Send's from then on.
func Send(w http.ResponseWriter, r *http.Request, status int, contentType string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	h.Add("Vary", "Accept-Encoding")
	if status == http.StatusOK {
		tag := h.Get("ETag")
		if tag == "" {
			tag = ETag(body)
		}
		h.Set("ETag", tag)
		if matches(r.Header.Values("If-None-Match"), tag) {
			notModified(w)
			return
		}
	}
	enc := identity
	if len(body) >= minCompressed && compressible(contentType) {
		enc = negotiate(r.Header.Values("Accept-Encoding"))
	}
	if enc == identity {
		if rec, ok := w.(*recorder); ok {
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
			w.WriteHeader(status)
			rec.take(body)
			return
		}
		write(w, r, status, body)
		return
	}
	h.Set("Content-Encoding", string(enc))
	out := compress(enc, fast, body)
	defer out.release()
	write(w, r, status, out.Bytes())
}

// compressible reports whether a body of this type gets smaller: text does,
// photographs are compressed already.
func compressible(contentType string) bool {
	return !strings.HasPrefix(contentType, "image/") || strings.HasPrefix(contentType, TypeSVG)
}

func write(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		// A reader who has left is nobody's error.
		_, _ = w.Write(body)
	}
}

func notModified(w http.ResponseWriter) {
	w.Header().Del("Content-Type")
	w.WriteHeader(http.StatusNotModified)
}

// ETag names a body. It is weak because one tag stands for all encodings.
func ETag(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// matches reports whether the If-None-Match headers have the tag, compared
// weakly (RFC 9110, 13.1.2).
func matches(headers []string, tag string) bool {
	tag = strings.TrimPrefix(tag, "W/")
	for _, header := range headers {
		if strings.TrimSpace(header) == "*" {
			return true
		}
		for t := range strings.SplitSeq(header, ",") {
			if strings.TrimPrefix(strings.TrimSpace(t), "W/") == tag {
				return true
			}
		}
	}
	return false
}

// Redirect sends the reader to another URL of this site. Status is 301, 302,
// 303, 307 or 308.
func Redirect(w http.ResponseWriter, status int, url string) error {
	h := w.Header()
	h.Set("Location", url)
	h.Set("Content-Length", "0")
	if status != http.StatusMovedPermanently && status != http.StatusPermanentRedirect {
		h.Set("Cache-Control", "no-cache")
	} else {
		h.Set("Cache-Control", "public, max-age=3600")
	}
	w.WriteHeader(status)
	return nil
}
