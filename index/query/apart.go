package query

import (
	"context"
	"slices"

	"casebook/content/lexical"
	"casebook/search"
)

// maxFragments bounds the words that one word is taken apart into.
const maxFragments = 6

// apart returns the query with words taken apart that no page has as they
// stand and that are several: prison/probation, GP19, 2178(5). Names that the
// thesaurus knows stay whole.
func (f *finder) apart(ctx context.Context, q search.Query) (search.Query, error) {
	var groups []search.Group // nil as long as nothing changes
	for i, g := range q.Groups {
		fragments, err := f.fragments(ctx, g)
		if err != nil {
			return q, err
		}
		if len(fragments) > 1 && groups == nil {
			groups = slices.Clone(q.Groups[:i])
		}
		if len(fragments) < 2 || len(groups)+len(fragments) > search.MaxWords {
			if groups != nil {
				groups = append(groups, g)
			}
			continue
		}
		for _, w := range fragments {
			groups = append(groups, search.Group{Any: []search.Clause{{Kind: search.Word, Words: []string{w}}}})
		}
	}
	if groups != nil {
		q.Groups = groups
		q.Text = q.Words() // a name of a page is one however it was typed
	}
	return q, nil
}

// fragments returns the words of a group that is one word which no page has;
// nil for all others, and where no page has any of them.
func (f *finder) fragments(ctx context.Context, g search.Group) ([]string, error) {
	if len(g.Any) != 1 || g.Any[0].Kind != search.Word || g.Any[0].Field != "" {
		return nil, nil
	}
	typed := g.Any[0].Words[0]
	fragments := lexical.Fragments(typed)
	if len(fragments) < 2 || len(fragments) > maxFragments {
		return nil, nil
	}
	if has, err := f.has(ctx, typed); err != nil || has {
		return nil, err
	}
	if _, named := f.synonyms.Named(f.reader, typed, f.lang); named {
		return nil, nil
	}
	for _, w := range fragments {
		if has, err := f.has(ctx, w); err != nil || has {
			return fragments, err
		}
	}
	return nil, nil
}

// has reports whether some page has a word as it is typed.
func (f *finder) has(ctx context.Context, typed string) (bool, error) {
	w, err := f.word(ctx, f.reader.Wish([]search.Clause{{Kind: search.Word, Words: []string{typed}}}))
	return err == nil && len(w.Leaves) > 0, err
}
