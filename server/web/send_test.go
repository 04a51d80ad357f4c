package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
)

func TestNegotiate(t *testing.T) {
	tests := []struct {
		accept string
		want   encoding
	}{
		{"", identity}, {"gzip", gzipped}, {"br", brotlied}, {"gzip, deflate, br", brotlied}, {"gzip, deflate, br, zstd", brotlied},
		{"br;q=0.5, gzip", gzipped}, {"br;q=1.0, gzip;q=0.8, *;q=0.1", brotlied}, {"*", brotlied}, {"*;q=0", identity}, {"br;q=0, *", gzipped},
		{"gzip;q=0", identity}, {"GZIP", gzipped}, {"x-gzip", gzipped}, {"identity", identity}, {"br;q=x", identity}, {"br;q=NaN", identity}, {"br;q=2", identity},
		{"br ; q = 0.9 , gzip ; q = 0.8", brotlied}, {",,;;q", identity}, {"identity;q=0", identity}, {"identity, gzip;q=0.5", identity}, {"identity, gzip", gzipped}, {"identity;q=0.5, br", brotlied},
		{"identity;q=0.5, br;q=0.1", identity}, {"identity;q=0, gzip;q=0.1", gzipped}, {"gzip;level=9", gzipped},
	}
	for _, tt := range tests {
		if got := negotiate([]string{tt.accept}); got != tt.want {
			t.Errorf("negotiate(%q) = %q, want %q", tt.accept, got, tt.want)
		}
	}
	if got := negotiate([]string{"gzip", "br"}); got != brotlied {
		t.Errorf("two headers give %q", got)
	}
}

// unpack undoes an answer's encoding.
func unpack(t *testing.T, w *httptest.ResponseRecorder) []byte {
	t.Helper()
	var r io.Reader = bytes.NewReader(w.Body.Bytes())
	switch enc := w.Header().Get("Content-Encoding"); enc {
	case "gzip":
		gz, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = gz
	case "br":
		r = brotli.NewReader(r)
	case "":
	default:
		t.Fatalf("unknown encoding %q", enc)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSend(t *testing.T) {
	body := []byte(strings.Repeat("water in the plain ", 500))
	answer := func(headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "/", nil)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Add(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		Send(w, r, 200, TypeHTML, body)
		return w
	}
	plain := answer()
	tag := plain.Header().Get("ETag")
	if plain.Code != 200 || !bytes.Equal(plain.Body.Bytes(), body) || plain.Header().Get("Content-Encoding") != "" {
		t.Errorf("plain: %d, %d bytes", plain.Code, plain.Body.Len())
	}
	for _, accept := range []string{"", "gzip", "br"} {
		w := answer("Accept-Encoding", accept)
		if w.Header().Get("Content-Encoding") != accept || !bytes.Equal(unpack(t, w), body) {
			t.Errorf("%q: encoding %q, other body", accept, w.Header().Get("Content-Encoding"))
		}
		if w.Header().Get("ETag") != tag || w.Header().Get("Vary") != "Accept-Encoding" || w.Header().Get("Content-Length") != strconv.Itoa(w.Body.Len()) {
			t.Errorf("%q: %v", accept, w.Header())
		}
		if accept != "" && w.Body.Len() > len(body)/10 {
			t.Errorf("%q: %d bytes of %d", accept, w.Body.Len(), len(body))
		}
	}
	for header, want := range map[string]int{
		tag: 304, strings.TrimPrefix(tag, "W/"): 304, `"x", ` + tag: 304, "*": 304, `"x"`: 200, "": 200, tag + "x": 200,
	} {
		w := answer("If-None-Match", header, "Accept-Encoding", "br")
		if w.Code != want || want == 304 && (w.Body.Len() > 0 || w.Header().Get("ETag") != tag || w.Header().Get("Vary") == "") {
			t.Errorf("If-None-Match %q gives %d with %d bytes, %v; want %d", header, w.Code, w.Body.Len(), w.Header(), want)
		}
	}
	if w := answer("If-None-Match", `"x"`, "If-None-Match", tag); w.Code != 304 {
		t.Errorf("the tag in the second of two If-None-Match lines gives %d", w.Code)
	}
}

func TestSendDoesNotCompressInVain(t *testing.T) {
	for _, tt := range []struct{ kind, body string }{{TypeHTML, "short"}, {"image/png", strings.Repeat("x", 5000)}} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", "br")
		w := httptest.NewRecorder()
		Send(w, r, 200, tt.kind, []byte(tt.body))
		if w.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s of %d bytes is compressed", tt.kind, len(tt.body))
		}
	}
}

func TestStatic(t *testing.T) {
	css := strings.Repeat("a{color:red}\n", 200)
	sf, err := LoadStatic(fstest.MapFS{"static/site.css": {Data: []byte(css)}, "static/a/b.svg": {Data: []byte("<svg/>")}}, "/x/static/")
	if err != nil {
		t.Fatal(err)
	}
	url, err := sf.URL("site.css")
	if err != nil || !strings.HasPrefix(url, "/x/static/site.") || len(url) != len("/x/static/site.123456789012.css") {
		t.Fatalf("url = %s, %v", url, err)
	}
	if _, err := sf.URL("none.css"); err == nil {
		t.Error("a file that isn't there has a URL")
	}
	hashed := strings.TrimPrefix(url, "/x/static/")
	tests := []struct {
		name, accept, match string
		status              int
		cache               string
	}{
		{hashed, "", "", 200, "public, max-age=31536000, immutable"},
		{hashed, "gzip", "", 200, "public, max-age=31536000, immutable"},
		{hashed, "br", "", 200, "public, max-age=31536000, immutable"},
		{hashed, "br", "*", 304, "public, max-age=31536000, immutable"},
		{"site.0123456789ab.css", "", "", 200, "no-cache"}, // from a page sent before an upgrade
		{"site.css", "", "", 404, "no-store"},
		{"none.0123456789ab.css", "", "", 404, "no-store"},
		{"", "", "", 404, "no-store"},
	}
	for _, tt := range tests {
		r := httptest.NewRequest("GET", "/"+tt.name, nil)
		r.URL.Path = tt.name
		r.Header.Set("Accept-Encoding", tt.accept)
		r.Header.Set("If-None-Match", tt.match)
		w := httptest.NewRecorder()
		sf.ServeHTTP(w, r)
		if w.Code != tt.status || w.Header().Get("Cache-Control") != tt.cache {
			t.Errorf("%s: %d, %s; want %d, %s", tt.name, w.Code, w.Header().Get("Cache-Control"), tt.status, tt.cache)
		}
		if w.Code == 200 && (string(unpack(t, w)) != css || w.Header().Get("Content-Encoding") != tt.accept || w.Header().Get("Content-Type") != "text/css; charset=utf-8") {
			t.Errorf("%s as %q: %v", tt.name, tt.accept, w.Header())
		}
	}
	if _, err := LoadStatic(fstest.MapFS{"static/x.exe": {}}, "/"); err == nil {
		t.Error("a file without a media type is accepted")
	}
}

func BenchmarkCompress(b *testing.B) {
	var page strings.Builder
	for i := range 1500 {
		fmt.Fprintf(&page, "<li class=\"hit\"><a href=\"/cases/case-%d\">Case %d of %x</a> <span>%d pages</span></li>\n", i, i*7, i*i*31, i%13)
	}
	body := []byte(page.String())
	for _, enc := range []encoding{gzipped, brotlied} {
		b.Run(string(enc), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			var n int
			for b.Loop() {
				out := compress(enc, fast, body)
				n = out.Len()
				out.release()
			}
			b.ReportMetric(float64(n), "bytes-sent")
		})
	}
}

func TestRedirect(t *testing.T) {
	for status, cache := range map[int]string{301: "public, max-age=3600", 308: "public, max-age=3600", 302: "no-cache", 303: "no-cache", 307: "no-cache"} {
		w := httptest.NewRecorder()
		if err := Redirect(w, status, "/a?b"); err != nil || w.Code != status || w.Header().Get("Location") != "/a?b" || w.Header().Get("Content-Length") != "0" ||
			w.Header().Get("Cache-Control") != cache || w.Body.Len() > 0 {
			t.Errorf("%d: %d %v, %v", status, w.Code, w.Header(), err)
		}
	}
}

// An error has no ETag, and what is set already stays.
func TestSendKeepsHeaders(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	w := httptest.NewRecorder()
	Send(w, r, 404, TypeHTML, []byte("x"))
	if w.Header().Get("ETag") != "" || w.Code != 404 || w.Header().Get("Cache-Control") != "no-cache" || w.Header().Get("Content-Type") != TypeHTML {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	r.Header.Set("If-None-Match", "*")
	w = httptest.NewRecorder()
	if Send(w, r, 404, TypeHTML, []byte("x")); w.Code != 404 {
		t.Errorf("an error that the reader has already: %d", w.Code)
	}
	r.Header.Set("If-None-Match", `"other"`)
	w = httptest.NewRecorder()
	w.Header().Set("ETag", `"mine"`)
	w.Header().Set("Cache-Control", "no-store")
	if Send(w, r, 200, TypeHTML, []byte("x")); w.Header().Get("ETag") != `"mine"` || w.Header().Get("Cache-Control") != "no-store" || w.Body.String() != "x" {
		t.Errorf("%v %q", w.Header(), w.Body)
	}
	r = httptest.NewRequest("HEAD", "/", nil)
	w = httptest.NewRecorder()
	if Send(w, r, 200, TypeHTML, []byte("xyz")); w.Body.Len() > 0 || w.Header().Get("Content-Length") != "3" {
		t.Errorf("HEAD: %d bytes, %v", w.Body.Len(), w.Header())
	}
}

// What takes one packet isn't compressed; from 1 KiB on it is. SVG is text.
func TestSendCompresses(t *testing.T) {
	for _, tt := range []struct {
		kind string
		size int
		want string
	}{{TypeHTML, 1023, ""}, {TypeHTML, 1024, "br"}, {TypeSVG, 5000, "br"}, {"image/jpeg", 5000, ""}} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", "br")
		w := httptest.NewRecorder()
		Send(w, r, 200, tt.kind, bytes.Repeat([]byte("a"), tt.size))
		if got := w.Header().Get("Content-Encoding"); got != tt.want || len(unpack(t, w)) != tt.size {
			t.Errorf("%d bytes of %s: encoding %q, want %q", tt.size, tt.kind, got, tt.want)
		}
	}
}

func TestETag(t *testing.T) {
	a, b := ETag([]byte("a")), ETag([]byte("b"))
	if a == b || a != ETag([]byte("a")) || !strings.HasPrefix(a, `W/"`) || len(a) != len(`W/""`)+16 {
		t.Errorf("%s, %s", a, b)
	}
}

// A body is the same however often its buffers are used again, large ones too.
func TestCompress(t *testing.T) {
	for _, size := range []int{1, 3 << 20, 100} {
		for _, enc := range []encoding{gzipped, brotlied} {
			for _, lvl := range []level{fast, best} {
				body := bytes.Repeat([]byte("0123456789"), size/10+1)
				out := compress(enc, lvl, body)
				w := httptest.NewRecorder()
				w.Header().Set("Content-Encoding", string(enc))
				w.Body.Write(out.Bytes())
				out.release()
				if !bytes.Equal(unpack(t, w), body) {
					t.Errorf("%d bytes with %s, level %d: another body", size, enc, lvl)
				}
			}
		}
	}
}

func TestIcon(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"image/x-icon":  {"static/favicon.ico": {Data: []byte("ico")}, "static/icon.svg": {Data: []byte("<svg/>")}},
		"image/svg+xml": {"static/icon.svg": {Data: []byte("<svg/>")}},
		TypeText:        {"static/site.css": {Data: []byte("a{}")}},
	} {
		sf, err := LoadStatic(files, "/static/")
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		sf.Icon(w, httptest.NewRequest("GET", "/favicon.ico", nil))
		want, cache := 200, "public, max-age=86400"
		if name == TypeText {
			want, cache = 404, "no-store"
		}
		if w.Code != want || w.Header().Get("Content-Type") != name || w.Header().Get("Cache-Control") != cache {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
	}
}

// Files in folders keep them, those that don't get smaller are sent as they are,
// and an encoding that isn't accepted is not used.
func TestStaticFolders(t *testing.T) {
	sf, err := LoadStatic(fstest.MapFS{"static/a/b.svg": {Data: []byte("<svg/>")}, "static/p.png": {Data: bytes.Repeat([]byte("a"), 3000)}}, "/s/")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a/b.svg", "p.png"} {
		url, err := sf.URL(name)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("GET", "/", nil)
		r.URL.Path = strings.TrimPrefix(url, "/s/")
		r.Header.Set("Accept-Encoding", "gzip, br")
		w := httptest.NewRecorder()
		sf.ServeHTTP(w, r)
		if w.Code != 200 || w.Header().Get("Content-Encoding") != "" || w.Header().Get("ETag") == "" || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
	}
	if url, _ := sf.URL("a/b.svg"); !strings.HasPrefix(url, "/s/a/b.") {
		t.Errorf("the URL of a file in a folder is %s", url)
	}
	if _, err := LoadStatic(fstest.MapFS{}, "/"); err == nil {
		t.Error("no folder static is accepted")
	}
}
