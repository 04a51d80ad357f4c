package content

import (
	"maps"
	"slices"
	"time"
)

// Status says whether readers see a page.
type Status string

// The statuses.
const (
	Published Status = "published"
	Draft     Status = "draft" // checked, never served
)

// A Page is one file: a page in one language. It does not change once it is in a Library.
type Page struct {
	ID       string // path below the content folder without ending: "case-studies/denmark-aarhus"
	Kind     *Kind
	Lang     string
	Path     string // file, slash-separated, relative to the content folder
	Title    string
	Summary  string // plain text, "" if none
	Status   Status
	Reviewed time.Time // UTC midnight; zero if not given
	// Translation is how a page that translates another was made, as its front matter says it
	// ("machine-assisted, not reviewed"); "" for an original and for a reviewed translation.
	Translation string
	Body        Body
	Parent      string // id of the page above (Kind.Parent), "" if none

	// Of is the page that this one translates, nil for an original. A translation's fields are Of's.
	Of *Page
	// Translations of an original, by language, without the original itself.
	Translations map[string]*Page

	// Fields are the values of an original, by field, in the order that Values describes; nil in a
	// translation. Read them by Values.
	Fields map[string][]Value
	Digest Digest // of the page's file
}

// Digest is the SHA-256 of a page's file.
type Digest [32]byte

// Values returns the checked values of a field in the order of the file;
// terms and pages that follow from the given ones (broader terms, parents of
// pages, regions of countries) come after them with Given false, each once.
// The caller must not change the slice.
func (p *Page) Values(field string) []Value {
	if p.Of != nil {
		return p.Of.Values(field)
	}
	return p.Fields[field]
}

// Original returns the page itself, or the page that it translates.
func (p *Page) Original() *Page {
	if p.Of != nil {
		return p.Of
	}
	return p
}

// In returns the page in lang, or the original where it isn't translated.
func (p *Page) In(lang string) *Page {
	o := p.Original()
	if t, ok := o.Translations[lang]; ok {
		return t
	}
	return o
}

// Langs returns the languages that the page is in: the original's, then its
// translations', sorted.
func (p *Page) Langs() []string {
	o := p.Original()
	return append([]string{o.Lang}, slices.Sorted(maps.Keys(o.Translations))...)
}

// A Value is one value of a field. Which parts are set depends on the
// field's type.
type Value struct {
	// ID is the value in URLs and facets: a term's id; for a page its id without its kind's folder
	// ("hague-marrakech-memorandum/05"); the year of a date; for the other types the text itself.
	ID     string
	Given  bool   // stands in the file; false where it follows from another value
	Page   string // TypePage: the whole page id
	Why    string // TypePage: the reason for the reference, "" if not given
	Years  Years  // TypeYears, TypeDate
	Date   time.Time
	Number float64
	Bool   bool
	HTML   string  // TypeMarkdown: safe HTML
	Source *Source // TypeSource
	Any    any     // TypeAny: plain maps, slices, strings, numbers, booleans
}

// Bounds on years: what a page is about may be old, and a typing slip should
// not draw a time line of five thousand years.
const (
	MinYear = 1000
	MaxYear = 2200
	MaxSpan = 300 // years between the ends of a span
)

// Years is a span of years, both ends included.
type Years struct {
	From, To int
	Open     bool // still running; To is then the year in which the page was read
}

// A Source is what a page is written from.
type Source struct {
	Title, Publisher, Author, URL, Note string
	Year                                int  // 0 if not given
	Unverified                          bool // the source was not opened when the page was written
}

// A Body is the Markdown of a page, parsed once.
type Body struct {
	Sections []Section // in order; text before the first heading is a Section with Level 0
	Notes    string    // safe HTML: the list of footnotes, "" if none. Their text is part of the Sections that refer to them
}

// A Section is a heading and what stands under it up to the next heading of
// its level or above. Subsections (level 3 and deeper) stay inside HTML and Text.
type Section struct {
	ID    string // anchor, unique in the page; "" for Level 0
	Key   string // id of the Kind's section that it is, "" for others
	Title string // plain text
	Level int    // 2; 0 for the text before the first heading
	HTML  string // safe HTML without the heading itself
	Text  string // plain text, a line for each block
	Items []Item // the items of its top-level lists
}

// An Item is an item of a list, such as one lesson.
type Item struct {
	ID   string // anchor, unique in the page
	HTML string // safe inline or block HTML
	Text string
}
