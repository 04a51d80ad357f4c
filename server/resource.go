package server

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"casebook/content"
	"casebook/server/web"
)

// resource answers what the content names: its pages and its terms. What
// differs from a name only by case, or by the ending of its file, is
// redirected.
func (s *Server) resource(w http.ResponseWriter, r *request) error {
	id := strings.TrimPrefix(r.Path, "/")
	if p, err := r.Corpus.Page(id); err == nil {
		return s.page(w, r, p)
	} else if !errors.Is(err, content.ErrNoPage) {
		return err
	}
	if done, err := s.image(w, r); done || err != nil {
		return err
	}
	first, rest, _ := strings.Cut(id, "/")
	if f, ok := r.FacetNamed(first); ok {
		if f.Vocabulary != nil {
			if t, ok := f.Vocabulary.Term(rest); ok {
				return s.term(w, r, f, t)
			}
		}
		if f.Kind != nil {
			if id := f.Kind.Folder + "/" + rest; r.Library.Has(id) {
				return web.Redirect(w, http.StatusMovedPermanently, r.Links.PageID(id))
			}
		}
	}
	if to, ok := s.meant(r, id); ok {
		return web.Redirect(w, http.StatusMovedPermanently, to)
	}
	return errNotFound
}

// meant guesses what page or term a path means that isn't quite one's: another
// case, the ending of the file, a language in the file's name, or the folder of
// pages that belong to one above.
func (s *Server) meant(r *request, id string) (string, bool) {
	lower := strings.ToLower(id)
	stem := strings.TrimSuffix(strings.TrimSuffix(lower, ".md"), ".html")
	for _, try := range []string{stem, lower} {
		if r.Library.Has(try) {
			return r.Links.PageID(try), true
		}
	}
	if i := strings.LastIndexByte(stem, '.'); i > 0 {
		id, lang := stem[:i], stem[i+1:]
		if place, ok := r.Library.Place(id); ok && slices.Contains(r.Library.Table().Langs(place), lang) {
			if slices.Contains(r.Library.Site.Languages, lang) {
				return r.Links.In(lang).PageID(id), true
			}
			return r.Links.PageID(id), true
		}
	}
	first, rest, _ := strings.Cut(stem, "/")
	if f, ok := r.FacetNamed(first); ok && f.Vocabulary != nil {
		for _, t := range f.Vocabulary.Terms {
			if strings.EqualFold(t.ID, rest) {
				return r.Links.Term(f.Name, t.ID), true
			}
		}
	}
	if p, ok := r.firstBelow(stem); ok && p.Parent != "" {
		return r.Links.PageID(p.Parent), true
	}
	return "", false
}

// firstBelow returns the first page whose id begins with folder/.
func (r *request) firstBelow(folder string) (*content.Page, bool) {
	i, _ := r.Library.Place(folder + "/")
	if i >= r.Library.Len() || !strings.HasPrefix(r.Library.ID(i), folder+"/") {
		return nil, false
	}
	return r.ListedAt(i)
}

// folder answers /FOLDER with the search for all pages of its kind, and
// /FACET with the search page, where all of its values stand.
func (s *Server) folder(w http.ResponseWriter, r *request) error {
	name := strings.TrimPrefix(r.Path, "/")
	if p, err := r.Corpus.Page(name); err == nil {
		return s.page(w, r, p)
	} else if !errors.Is(err, content.ErrNoPage) {
		return err
	}
	for _, k := range r.Library.Schema.Kinds {
		if !strings.EqualFold(k.Folder, name) {
			continue
		}
		if k.Folder != name {
			return web.Redirect(w, http.StatusMovedPermanently, r.Links.Kind(k))
		}
		if r.Library.Schema.IsFacet(content.KindFacet) {
			return web.Redirect(w, http.StatusFound, r.Links.Only(content.KindFacet, k.ID))
		}
		return web.Redirect(w, http.StatusFound, r.Links.SearchForm())
	}
	if f, ok := r.FacetNamed(name); ok {
		return web.Redirect(w, http.StatusFound, r.Links.SearchForm()+"#f-"+url.PathEscape(f.Name))
	}
	if to, ok := s.meant(r, name); ok {
		return web.Redirect(w, http.StatusMovedPermanently, to)
	}
	return errNotFound
}
