package server

import (
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
	if p, ok := r.corpus.Page(id); ok {
		return s.page(w, r, p)
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
				if p, ok := r.corpus.Page(k.Folder + "/" + rest); ok {
					return redirect(w, http.StatusMovedPermanently, r.links.Page(p))
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
		if p, ok := r.corpus.Page(try); ok {
			return r.links.Page(p), true
		}
	}
	if i := strings.LastIndexByte(stem, '.'); i > 0 {
		if p, ok := r.corpus.Page(stem[:i]); ok && slices.Contains(p.Langs(), stem[i+1:]) {
			if slices.Contains(r.lib.Site.Languages, stem[i+1:]) {
				return r.links.In(stem[i+1:]).Page(p), true
			}
			return r.links.Page(p), true
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
	if p, ok := pageBelow(r.lib, stem); ok && p.Parent != "" {
		return r.links.PageID(p.Parent), true
	}
	return "", false
}

// pageBelow returns the first page whose id begins with folder/.
func pageBelow(lib *content.Library, folder string) (*content.Page, bool) {
	i, _ := lib.Place(folder + "/")
	if i >= lib.Len() || !strings.HasPrefix(lib.ID(i), folder+"/") {
		return nil, false
	}
	p, err := lib.At(i)
	return p, err == nil
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
	if p, ok := r.corpus.Page(name); ok {
		return s.page(w, r, p)
	}
	for _, k := range r.lib.Schema.Kinds {
		if !strings.EqualFold(k.Folder, name) {
			continue
		}
		if k.Folder != name {
			return redirect(w, http.StatusMovedPermanently, r.links.Kind(k))
		}
		if slices.Contains(r.lib.Schema.Facets, facetKind) {
			return redirect(w, http.StatusFound, r.links.Only(facetKind, k.ID))
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
