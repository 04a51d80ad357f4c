package server_test

import (
	"bytes"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebook/index"
	"casebook/server"
	"casebook/server/internal/plaincorpus"
)

// One page of an index on disk is damaged while it is served: all else is served, and only
// that page's address says that something went wrong.
func TestDamagedFileOfPages(t *testing.T) {
	src := index.Source{FS: plaincorpus.Files(), Today: today}
	dir := filepath.Join(t.TempDir(), "index")
	if err := index.Write(t.Context(), dir, src, index.Options{Deadline: time.Minute}); err != nil {
		t.Fatal(err)
	}
	stored, err := index.Open(t.Context(), dir, src, index.Options{Deadline: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	live := index.NewLive(stored.Snapshot)
	t.Cleanup(live.Close)
	files, err := filepath.Glob(filepath.Join(dir, "*", "pages"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files of pages: %v, %v", files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 0xff
	if err := os.WriteFile(files[0], data, 0o666); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	s, err := server.New(server.Config{
		Acquire: func() server.Corpus { return live.Acquire() }, Log: slog.New(slog.NewTextHandler(&log, nil)), Timeout: time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w
	}
	lib := stored.Snapshot.Library()
	damaged := ""
	for i := range lib.Len() {
		switch w := get("/" + lib.ID(i)); {
		case w.Code == 200:
		case w.Code == 500 && damaged == "":
			damaged = lib.ID(i)
		default:
			t.Errorf("GET /%s = %d; damaged: %q", lib.ID(i), w.Code, damaged)
		}
	}
	if damaged == "" || !strings.Contains(log.String(), "path=/"+damaged+" status=500") || !strings.Contains(log.String(), "damaged") {
		t.Errorf("the page %q was damaged; log: %s", damaged, &log)
	}
	for _, path := range []string{"/", "/search", "/search?q=water", "/api/v1/search", "/api/v1/suggest?q=dr", "/api/v1/suggest?q=we", "/sitemap.xml"} {
		if w := get(path); w.Code != 200 {
			t.Errorf("GET %s = %d", path, w.Code)
		}
	}
	if w := get("/search"); strings.Count(w.Body.String(), "<h3") != lib.Len()-1 {
		t.Errorf("%d hits are shown of %d pages", strings.Count(w.Body.String(), "<h3"), lib.Len())
	}
}
