// Package viewtest makes Readers for tests of what pages show.
package viewtest

import (
	"errors"
	"testing"
	"time"

	"casebook/server/address"
	"casebook/server/internal/plaincorpus"
	"casebook/server/say"
	"casebook/server/view"
	"casebook/templates"
)

// Reader returns a Reader of a corpus in a language, for the page /search of a
// site whose address isn't known.
func Reader(t testing.TB, c view.Corpus, lang string) *view.Reader {
	t.Helper()
	return At(t, c, lang, "", "/search", "")
}

// At returns a Reader of a corpus in a language, for the page at a path with
// parameters, below a base URL. A message that is missing or badly called fails
// the test, and so does a page that is left out, unless plaincorpus damaged it.
func At(t testing.TB, c view.Corpus, lang, base, path, query string) *view.Reader {
	t.Helper()
	messages, err := say.Load(templates.FS, func(lang, key, what string) { t.Errorf("message %s in %s: %s", key, lang, what) })
	if err != nil {
		t.Fatal(err)
	}
	b, err := address.ParseBase(base)
	if err != nil {
		t.Fatal(err)
	}
	rs := &view.Readers{Messages: messages, Base: b, Version: "test", Now: func() time.Time { return plaincorpus.Today }}
	return rs.New(c, lang, view.Place{Path: path, Query: query}, func(id string, err error) {
		if !errors.Is(err, plaincorpus.ErrDamaged) {
			t.Errorf("page %s: %v", id, err)
		}
	})
}
