package server

import (
	"net/http"

	"casebook/content"
	"casebook/search"
)

// A statusPage says what content is served and what was left out, and why.
type statusPage struct {
	chrome
	Kinds    []kindView
	Loaded   int // pages in the library
	Indexed  int // pages that a search without words finds
	Left     []leftOut
	Warnings content.Problems
	Hidden   int  // warnings that are not shown
	Known    bool // whether the problems of the load are known
}

// A leftOut is a file that is not served, with what is wrong with it.
type leftOut struct {
	Path     string
	Problems content.Problems
}

// maxProblems bounds what the page lists; casebook check shows all.
const maxProblems = 200

func (s *Server) status(w http.ResponseWriter, r *request) error {
	res, err := r.corpus.Search(r.Context(), search.Query{Page: 1, Lang: r.lang})
	if err != nil {
		return err
	}
	v := &statusPage{chrome: r.chrome(r.m.T("status.title")), Kinds: r.kinds(), Loaded: r.lib.Len(), Indexed: res.Total}
	v.NoIndex = true
	if s.cfg.Problems != nil {
		v.Known = true
		v.Left, v.Warnings, v.Hidden = sortOut(s.cfg.Problems(), r.lib.LeftOut)
	} else {
		v.Left, _, _ = sortOut(nil, r.lib.LeftOut)
	}
	return s.render(w, r, http.StatusOK, "status", v)
}

// sortOut gives each file that was left out its problems; the warnings of the
// others follow, up to a bound.
func sortOut(ps content.Problems, paths []string) (left []leftOut, warnings content.Problems, hidden int) {
	at := make(map[string]int)
	for _, path := range paths {
		at[path] = len(left)
		left = append(left, leftOut{Path: path})
	}
	shown := 0
	for _, p := range ps {
		if shown++; shown > maxProblems {
			hidden++
			continue
		}
		if i, ok := at[p.Path]; ok {
			left[i].Problems = append(left[i].Problems, p)
		} else if p.Severity == content.Error {
			at[p.Path] = len(left)
			left = append(left, leftOut{Path: p.Path, Problems: content.Problems{p}})
		} else {
			warnings = append(warnings, p)
		}
	}
	return left, warnings, hidden
}
