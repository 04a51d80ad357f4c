package site

import (
	"context"
	"testing"

	"casebook/content"
	"casebook/server/internal/plaincorpus"
	"casebook/server/internal/viewtest"
	"casebook/server/view"
)

// All that the site's own pages and those of terms show of the sample content.
func TestPages(t *testing.T) {
	c := plaincorpus.New(t)
	term := func(field, id string) func(context.Context, *view.Reader) (view.Page, error) {
		return func(ctx context.Context, r *view.Reader) (view.Page, error) {
			f, _ := r.Library.Facet(field)
			term, _ := f.Vocabulary.Term(id)
			return Term(ctx, r, f, term)
		}
	}
	problems := content.Problems{{Path: "b.md", Severity: content.Error, Msg: "x"}, {Path: "c.md", Severity: content.Warning, Msg: "y"}}
	for _, tt := range []struct {
		name, lang, base, path string
		make                   func(context.Context, *view.Reader) (view.Page, error)
	}{
		{"home", "en", "https://example.org", "/", Own["home"]},
		{"home.ar", "ar", "", "/", Own["home"]},
		{"glossary", "fr", "", "/glossary", Own["glossary"]},
		{"accessibility", "en", "", "/accessibility", Own["accessibility"]},
		{"about", "fr", "", "/about", func(_ context.Context, r *view.Reader) (view.Page, error) { return About(r), nil }},
		{"status", "en", "", "/status", func(ctx context.Context, r *view.Reader) (view.Page, error) { return Status(ctx, r, problems, true) }},
		{"term", "en", "", "/place/cape", term("place", "cape")},
		{"term.fr", "fr", "", "/place/coast", term("place", "coast")},
		{"term-without-pages", "ar", "", "/land/DK", term("land", "DK")},
		{"not-found", "en", "", "/old/wells.php", func(ctx context.Context, r *view.Reader) (view.Page, error) {
			return Trouble(ctx, r, 404, NotFound), nil
		}},
		{"busy", "fr", "", "/old/wells.php", func(ctx context.Context, r *view.Reader) (view.Page, error) { return Trouble(ctx, r, 503, "busy"), nil }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, err := tt.make(t.Context(), viewtest.At(t, c, tt.lang, tt.base, tt.path, ""))
			if err != nil {
				t.Fatal(err)
			}
			viewtest.Golden(t, tt.name, v)
		})
	}
}
