// Package site makes the pages that are neither a content page nor the results
// of a search: the first page, the pages of terms, the glossary, what the site
// says of itself, its state, and what it says when something went wrong.
package site

import "casebook/server/view"

// A reader makes the parts of a page.
type reader struct{ *view.Reader }
