package site

import (
	"context"

	"casebook/server/address"
	"casebook/server/view"
)

// An ErrorPage says what went wrong with a request, and where to go on.
type ErrorPage struct {
	view.Chrome
	Status int
	Key    string      // messages error.KEY.title and error.KEY.text
	Near   []view.Link // pages and terms that the address may have meant
}

// maxNear is how many guesses a page that isn't there makes.
const maxNear = 4

// Trouble makes the page of an error: status is that of HTTP, key names its
// messages.
func Trouble(ctx context.Context, r *view.Reader, status int, key string) *ErrorPage {
	v := &ErrorPage{Chrome: r.Chrome(r.Words.T("error." + key + ".title")), Status: status, Key: key}
	v.Canonical, v.NoIndex = "", true
	if key == NotFound {
		v.Q = address.Words(r.Path)
		v.Near = reader{r}.near(ctx, v.Q)
	}
	return v
}

// NotFound is the key of the error of an address that leads nowhere; its page
// guesses what was meant.
const NotFound = "not-found"

// near finds what an address may have meant; an error here is not worth one
// more.
func (r reader) near(ctx context.Context, words string) []view.Link {
	if words == "" {
		return nil
	}
	found, err := r.Corpus.Suggest(ctx, words, r.Lang, maxNear)
	if err != nil {
		return nil
	}
	var refs []view.Link
	for _, c := range found {
		if c.Text == "" {
			continue // a page that can't be read
		}
		l := r.Foreign(c.Text, c.Lang)
		switch c.Kind {
		case "page":
			refs = append(refs, view.Link{Label: l, URL: r.Links.PageID(c.ID)})
		case "term":
			refs = append(refs, view.Link{Label: l, URL: r.Links.Term(c.Field, c.ID)})
		}
	}
	return refs
}
