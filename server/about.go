package server

import (
	"errors"
	"net/http"
	"time"

	"casebook/content"
)

// An aboutPage says what the site is.
type aboutPage struct {
	chrome
	Intro   label
	Licence label
	Kinds   []kindView
	Graded  []gradedView // the fields that say how well something is known
	Total   int
}

// A kindView is a kind of page with the number of its pages.
type kindView struct {
	Label label
	URL   string
	N     int
}

// A gradedView is a vocabulary with its terms explained.
type gradedView struct {
	Label label
	Note  label
	Terms []tallyRow
}

func (s *Server) about(w http.ResponseWriter, r *request) error {
	if id := r.lib.Site.About; id != "" {
		p, err := r.corpus.Page(id)
		if err == nil {
			return s.page(w, r, p)
		}
		if !errors.Is(err, content.ErrNoPage) {
			return err
		}
	}
	return s.render(w, r, http.StatusOK, "about", r.aboutPage())
}

// aboutPage is made of what the content says of itself.
func (r *request) aboutPage() *aboutPage {
	v := &aboutPage{chrome: r.chrome(r.m.T("about.title"))}
	v.Intro, v.Licence, v.Total = r.said(r.lib.Site.Intro), r.said(r.lib.Site.Licence), r.lib.Len()
	v.Description = v.Intro.Text
	v.Kinds = r.kinds()
	seen := make(map[string]bool)
	for _, k := range r.lib.Schema.Kinds {
		for _, f := range k.Fields {
			_, graded := whyField(k, f.Name)
			voc, ok := r.lib.Vocabulary(f.Vocabulary)
			if !graded || !ok || seen[f.Name] {
				continue
			}
			seen[f.Name] = true
			g := gradedView{Label: r.said(f.Label), Note: r.said(voc.Note)}
			for _, t := range r.ordered(voc) {
				g.Terms = append(g.Terms, r.tallyRow(f, t, 0))
			}
			v.Graded = append(v.Graded, g)
		}
	}
	return v
}

// kinds counts the pages of each kind that has any.
func (r *request) kinds() []kindView {
	var out []kindView
	for _, k := range r.lib.Schema.Kinds {
		if n := r.lib.Table().PerKind(k.ID); n > 0 {
			out = append(out, kindView{Label: r.said(k.Plural), URL: r.links.Kind(k), N: n})
		}
	}
	return out
}

// statementDate is when the accessibility statement was last gone over.
var statementDate = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// An accessibilityPage is the accessibility statement.
type accessibilityPage struct {
	chrome
	Day time.Time // when it was last gone over
}

func (s *Server) accessibility(w http.ResponseWriter, r *request) error {
	v := &accessibilityPage{chrome: r.chrome(r.m.T("access.title")), Day: statementDate}
	v.Description = r.m.T("access.lede")
	return s.render(w, r, http.StatusOK, "accessibility", v)
}
