// Package view makes what pages show: a struct for each page, with all texts
// said and all links made, for a template or whoever else writes pages. It
// knows no request and no HTTP: a page is made of a corpus, a language and an
// address.
//
// Here is what pages share: the Reader, whose methods turn what the content
// has (fields, terms, pages, hits) into what a reader sees, and the Chrome, what
// the layout around each page needs. The pages themselves have rooms below:
// article is a content page, results the page of a search, site the rest;
// crawl is for machines, worldmap draws the map.
package view

import (
	"context"
	"sync/atomic"
	"time"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
	"casebook/server/say"
)

// Corpus is what pages are made from: one consistent state of the content. It
// is safe for concurrent use.
type Corpus interface {
	// Page returns a published page in its original language. For an id that no page has the error
	// is content.ErrNoPage; any other says why the page can't be read.
	Page(id string) (*content.Page, error)
	// Search answers q; a hit may be a page that can't be read. An error that wraps
	// search.ErrOverloaded or context.DeadlineExceeded may be gone when it is asked again.
	Search(ctx context.Context, q search.Query) (*search.Result, error)
	// Similar returns the pages most like one, best first, at most n, never the page itself. Its errors
	// are Search's; for an id that no page has there are none.
	Similar(ctx context.Context, id, lang string, n int) ([]search.Similar, error)
	// Suggest completes what a person has typed so far, best first, at most n. A page that can't be
	// read has no text.
	Suggest(ctx context.Context, text, lang string, n int) ([]search.Completion, error)
	Library() *content.Library
}

// Readers make a Reader for each page: they are what all have in common.
type Readers struct {
	Messages *say.Messages
	Base     address.Base
	Version  string           // of the program, "" if it has none
	Now      func() time.Time // to tell which pages are due for review

	order atomic.Pointer[termOrder] // of the newest library asked for
}

// A Place is the address of the page that is made: what stands below base URL
// and language prefix ("/search"), and its parameters, escaped ("q=water"). The
// zero Place is for what is no page.
type Place struct{ Path, Query string }

// New returns a Reader of a corpus in a language of its site, for the page at
// a place. leftOut is told of each page that can't be read where others are
// shown without it.
func (rs *Readers) New(c Corpus, lang string, at Place, leftOut func(id string, err error)) *Reader {
	lib := c.Library()
	return &Reader{
		Corpus: c, Library: lib, Lang: lang, Words: rs.Messages.In(lang), Links: address.NewLinks(rs.Base, lib.Site, lib.Schema, lang), Place: at,
		readers: rs, leftOut: leftOut,
	}
}

// A Reader is somebody who reads a corpus in one language. Its methods say what
// that reader sees.
type Reader struct {
	Corpus  Corpus
	Library *content.Library // of Corpus
	Lang    string           // one of Library.Site.Languages
	Words   *say.Printer     // the program's own texts in Lang
	Links   address.Links    // all URLs, in Lang
	Place

	readers *Readers
	leftOut func(id string, err error)
}

// In returns a Reader of the same in another language.
func (r *Reader) In(lang string) *Reader {
	return r.readers.New(r.Corpus, lang, r.Place, r.leftOut)
}

// Now is the time at which the page is made.
func (r *Reader) Now() time.Time { return r.readers.Now() }

// LanguageName is the name of a language in itself: "Français".
func (r *Reader) LanguageName(lang string) string { return r.readers.Messages.Name(lang) }
