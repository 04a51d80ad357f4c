package site

import (
	"time"

	"casebook/server/view"
)

// An AboutPage says what the site is.
type AboutPage struct {
	view.Chrome
	Intro   view.Label
	Licence view.Label
	Kinds   []KindCount
	Graded  []Graded // the fields that say how well something is known
	Total   int
}

// A KindCount is a kind of page with the number of its pages.
type KindCount struct {
	Label view.Label
	URL   string
	N     int
}

// A Graded is a vocabulary with its terms explained.
type Graded struct {
	Label view.Label
	Note  view.Label
	Terms []view.TallyRow
}

// About makes the page that says what the site is, of what the content says of itself.
func About(r *view.Reader) *AboutPage { return reader{r}.about() }

func (r reader) about() *AboutPage {
	v := &AboutPage{Chrome: r.Chrome(r.Words.T("about.title"))}
	v.Intro, v.Licence, v.Total = r.Said(r.Library.Site.Intro), r.Said(r.Library.Site.Licence), r.Library.Len()
	v.Description = v.Intro.Text
	v.Kinds = r.kinds()
	seen := make(map[string]bool)
	for _, k := range r.Library.Schema.Kinds {
		for _, f := range k.Fields {
			_, graded := k.Reason(f.Name)
			voc, ok := r.Library.Vocabulary(f.Vocabulary)
			if !graded || !ok || seen[f.Name] {
				continue
			}
			seen[f.Name] = true
			g := Graded{Label: r.Said(f.Label), Note: r.Said(voc.Note)}
			for _, t := range r.Ordered(voc) {
				g.Terms = append(g.Terms, r.TallyRow(f.Name, t, 0))
			}
			v.Graded = append(v.Graded, g)
		}
	}
	return v
}

// kinds counts the pages of each kind that has any.
func (r reader) kinds() []KindCount {
	var out []KindCount
	for _, k := range r.Library.Schema.Kinds {
		if n := r.Library.Table().PerKind(k.ID); n > 0 {
			out = append(out, KindCount{Label: r.Said(k.Plural), URL: r.Links.Kind(k), N: n})
		}
	}
	return out
}

// statementDate is when the accessibility statement was last gone over.
var statementDate = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// An AccessibilityPage is the accessibility statement.
type AccessibilityPage struct {
	view.Chrome
	Day time.Time // when it was last gone over
}

// Accessibility makes the accessibility statement.
func Accessibility(r *view.Reader) *AccessibilityPage {
	v := &AccessibilityPage{Chrome: r.Chrome(r.Words.T("access.title")), Day: statementDate}
	v.Description = r.Words.T("access.lede")
	return v
}
