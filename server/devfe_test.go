//go:build devfe

package server

import (
	"log/slog"
	"net/http"
	"os"
	"testing"
	"time"

	"casebook/content"
)

func TestDevFE(t *testing.T) {
	dir := os.Getenv("FE_CONTENT")
	lib, ps, err := content.Load(t.Context(), os.DirFS(dir), content.Options{Today: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range ps {
		if i < 10 {
			t.Log(p)
		}
	}
	c := &plainCorpus{lib: lib}
	s, err := New(Config{Acquire: c.acquire, Templates: os.DirFS("../templates"), Version: "dev", Log: slog.Default(), Timeout: 5 * time.Second, BaseURL: "http://127.0.0.1:8099", Problems: func() content.Problems { return ps }})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(lib.Pages))
	http.ListenAndServe("127.0.0.1:8099", s.Handler())
}
