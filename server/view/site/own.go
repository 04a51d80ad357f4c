package site

import (
	"context"

	"casebook/server/address"
	"casebook/server/view"
)

// Own are the pages of address.OwnPages that are made of the corpus alone: no
// query, no settings of the server. Whoever serves or writes them asks for
// nothing else.
var Own = map[address.Key]func(context.Context, *view.Reader) (view.Page, error){
	address.Home:    func(ctx context.Context, r *view.Reader) (view.Page, error) { return Home(ctx, r) },
	"glossary":      func(_ context.Context, r *view.Reader) (view.Page, error) { return Glossary(r), nil },
	"accessibility": func(_ context.Context, r *view.Reader) (view.Page, error) { return Accessibility(r), nil },
}
