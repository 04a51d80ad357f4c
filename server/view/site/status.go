package site

import (
	"context"

	"casebook/content"
	"casebook/search"
	"casebook/server/view"
)

// A StatusPage says what content is served and what was left out, and why.
type StatusPage struct {
	view.Chrome
	Kinds    []KindCount
	Loaded   int // pages in the library
	Indexed  int // pages that a search without words finds
	Left     []LeftOut
	Warnings content.Problems
	Hidden   int  // warnings that are not shown
	Known    bool // whether the problems of the load are known
}

// A LeftOut is a file that is not served, with what is wrong with it.
type LeftOut struct {
	Path     string
	Problems content.Problems
}

// maxProblems bounds what the page lists; casebook check shows all.
const maxProblems = 200

// Status makes the status page. problems are those of the newest load; known
// says that they are all there are.
func Status(ctx context.Context, r *view.Reader, problems content.Problems, known bool) (*StatusPage, error) {
	res, err := r.Corpus.Search(ctx, search.Query{Page: 1, Lang: r.Lang})
	if err != nil {
		return nil, err
	}
	v := &StatusPage{Chrome: r.Chrome(r.Words.T("status.title")), Kinds: reader{r}.kinds(), Loaded: r.Library.Len(), Indexed: res.Total, Known: known}
	v.NoIndex = true
	v.Left, v.Warnings, v.Hidden = sortOut(problems, r.Library.LeftOut)
	return v, nil
}

// sortOut gives each file that was left out its problems; the warnings of the
// others follow, up to a bound.
func sortOut(ps content.Problems, paths []string) (left []LeftOut, warnings content.Problems, hidden int) {
	at := make(map[string]int)
	for _, path := range paths {
		at[path] = len(left)
		left = append(left, LeftOut{Path: path})
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
			left = append(left, LeftOut{Path: p.Path, Problems: content.Problems{p}})
		} else {
			warnings = append(warnings, p)
		}
	}
	return left, warnings, hidden
}
