package server

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"casebook/content"
)

// resource answers what the content names: its pages and its terms. What
// differs from a name only by case, or by the ending of its file, is
// redirected.
func (s *Server) resource(w http.ResponseWriter, r *request) error {
	id := strings.TrimPrefix(r.path, "/")
	if p, err := r.corpus.Page(id); err == nil {
		return s.page(w, r, p)
	} else if !errors.Is(err, content.ErrNoPage) {
		return err
	}
	if done, err := s.image(w, r); done || err != nil {
		return err
	}
	first, rest, _ := strings.Cut(id, "/")
	if f, ok := facetField(r.lib.Schema, first); ok {
		switch f.Type {
		case content.TypeTerm:
			if v, ok := r.lib.Vocabulary(f.Vocabulary); ok {
				if t, ok := v.Term(rest); ok {
					return s.term(w, r, f, t)
				}
			}
		case content.TypePage:
			if k, ok := r.lib.Schema.Kind(f.Kind); ok {
				if id := k.Folder + "/" + rest; r.lib.Has(id) {
					return redirect(w, http.StatusMovedPermanently, r.links.PageID(id))
				}
			}
		}
	}
	if to, ok := s.meant(r, id); ok {
		return redirect(w, http.StatusMovedPermanently, to)
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
		if r.lib.Has(try) {
			return r.links.PageID(try), true
		}
	}
	if i := strings.LastIndexByte(stem, '.'); i > 0 {
		id, lang := stem[:i], stem[i+1:]
		if place, ok := r.lib.Place(id); ok && slices.Contains(r.lib.Table().Langs(place), lang) {
			if slices.Contains(r.lib.Site.Languages, lang) {
				return r.links.In(lang).PageID(id), true
			}
			return r.links.PageID(id), true
		}
	}
	first, rest, _ := strings.Cut(stem, "/")
	if f, ok := facetField(r.lib.Schema, first); ok && f.Type == content.TypeTerm {
		if v, ok := r.lib.Vocabulary(f.Vocabulary); ok {
			for _, t := range v.Terms {
				if strings.EqualFold(t.ID, rest) {
					return r.links.Term(f.Name, t.ID), true
				}
			}
		}
	}
	if p, ok := r.firstBelow(stem); ok && p.Parent != "" {
		return r.links.PageID(p.Parent), true
	}
	return "", false
}

// firstBelow returns the first page whose id begins with folder/.
func (r *request) firstBelow(folder string) (*content.Page, bool) {
	i, _ := r.lib.Place(folder + "/")
	if i >= r.lib.Len() || !strings.HasPrefix(r.lib.ID(i), folder+"/") {
		return nil, false
	}
	return r.listedAt(i)
}

// facetField returns the field behind a facet of this name, in any case.
func facetField(schema *content.Schema, name string) (*content.Field, bool) {
	for _, facet := range schema.Facets {
		if strings.EqualFold(facet, name) {
			return schema.Field(facet)
		}
	}
	return nil, false
}

// folder answers /FOLDER with the search for all pages of its kind, and
// /FACET with the search page, where all of its values stand.
func (s *Server) folder(w http.ResponseWriter, r *request) error {
	name := strings.TrimPrefix(r.path, "/")
	if p, err := r.corpus.Page(name); err == nil {
		return s.page(w, r, p)
	} else if !errors.Is(err, content.ErrNoPage) {
		return err
	}
	for _, k := range r.lib.Schema.Kinds {
		if !strings.EqualFold(k.Folder, name) {
			continue
		}
		if k.Folder != name {
			return redirect(w, http.StatusMovedPermanently, r.links.Kind(k))
		}
		if slices.Contains(r.lib.Schema.Facets, content.KindFacet) {
			return redirect(w, http.StatusFound, r.links.Only(content.KindFacet, k.ID))
		}
		return redirect(w, http.StatusFound, r.links.SearchForm())
	}
	if f, ok := facetField(r.lib.Schema, name); ok {
		return redirect(w, http.StatusFound, r.links.SearchForm()+"#f-"+url.PathEscape(f.Name))
	}
	if to, ok := s.meant(r, name); ok {
		return redirect(w, http.StatusMovedPermanently, to)
	}
	return errNotFound
}
