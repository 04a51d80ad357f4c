package definitions

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"casebook/content"
	"casebook/content/source"
)

// defaultSite is the site of a folder without site.yaml.
func defaultSite() *content.Site {
	return &content.Site{Title: content.NewText(map[string]string{"en": "Casebook"}, "en"), Languages: []string{"en"}}
}

// readSite reads site.yaml. Its names of facets and kinds are checked by
// checkSite, that of a page by the loader, once those are known.
func readSite(r *source.Report, root *yaml.Node) (*content.Site, *sitePlaces) {
	s, places := defaultSite(), &sitePlaces{}
	d := &source.Decoder{Report: r, Lang: "en"}
	if root == nil {
		return s, places
	}
	// The languages come first: they say what a plain string is.
	if v := source.Lookup(root, "languages"); v != nil {
		var langs []string
		d.Items(v, func(n *yaml.Node) {
			l := d.Str(n)
			switch {
			case l == "" || !d.IsLang(l, n):
			case slices.Contains(langs, l):
				d.Node(n, content.Warning, "duplicate-value", source.Quote(l)+" stands here twice", "")
			default:
				langs = append(langs, l)
			}
		})
		if len(langs) > 0 {
			s.Languages, d.Lang = langs, langs[0]
			s.Title = content.NewText(map[string]string{d.Lang: "Casebook"}, d.Lang)
		}
	}
	text := func(to *content.Text) func(*yaml.Node) { return func(n *yaml.Node) { *to = d.Text(n) } }
	link := func(to *string, template bool) func(*yaml.Node) {
		return func(n *yaml.Node) {
			u := d.Str(n)
			if why := source.BadURL(strings.NewReplacer("{path}", "x").Replace(u)); why != "" {
				d.Node(n, content.Error, "bad-url", why, "write it whole, as https://example.org/")
				return
			}
			if template && !strings.Contains(u, "{path}") {
				d.Node(n, content.Error, "bad-url", "the link has no {path}", "write {path} where the file's path belongs")
				return
			}
			*to = u
		}
	}
	var matrix []string
	d.Mapping(root, "site.yaml",
		source.On("title", text(&s.Title)), source.On("tagline", text(&s.Tagline)), source.On("intro", text(&s.Intro)),
		source.On("languages", func(*yaml.Node) {}),
		source.On("licence", text(&s.Licence)), source.On("licence_url", link(&s.LicenceURL, false)),
		source.On("repo_url", link(&s.RepoURL, false)), source.On("edit_url", link(&s.EditURL, true)), source.On("history_url", link(&s.HistoryURL, true)),
		source.On("contact", func(n *yaml.Node) {
			c := d.Str(n)
			if why := source.BadURL(c); why != "" && (!strings.Contains(c, "@") || strings.ContainsAny(c, " \"<>")) {
				d.Node(n, content.Error, "bad-url", source.Quote(c)+" is neither a mail address nor a URL", "")
				return
			}
			s.Contact = c
		}),
		source.On("map", func(n *yaml.Node) { s.Map = d.Str(n); places.facets = append(places.facets, named{s.Map, n}) }),
		source.On("matrix", func(n *yaml.Node) {
			d.Items(n, func(n *yaml.Node) {
				matrix = append(matrix, d.Str(n))
				places.facets = append(places.facets, named{d.Str(n), n})
			})
			if len(matrix) != 2 {
				d.Node(n, content.Error, "wrong-type", "matrix names two facets", "write [one, other]")
			}
		}),
		source.On("ways", func(n *yaml.Node) {
			d.Items(n, func(n *yaml.Node) {
				s.Ways = append(s.Ways, d.Str(n))
				places.facets = append(places.facets, named{d.Str(n), n})
			})
		}),
		source.On("examples", func(n *yaml.Node) { d.Items(n, func(n *yaml.Node) { s.Examples = append(s.Examples, d.Text(n)) }) }),
		source.On("nav", func(n *yaml.Node) {
			d.Items(n, func(n *yaml.Node) {
				s.Nav = append(s.Nav, d.Str(n))
				places.kinds = append(places.kinds, named{d.Str(n), n})
			})
		}),
		source.On("about", func(n *yaml.Node) {
			s.About = strings.TrimSuffix(d.Str(n), ".md")
			places.about.Line, places.about.Col = d.NodePosition(n)
		}),
	)
	if len(matrix) == 2 {
		s.Matrix = [2]string(matrix)
	}
	return s, places
}

// sitePlaces remembers where site.yaml names something of the schema.
type sitePlaces struct {
	facets, kinds []named
	about         Place
}

type named struct {
	name string
	node *yaml.Node
}

// checkSite removes names that the schema does not have, and reports them.
func checkSite(r *source.Report, s *content.Site, places *sitePlaces, schema *content.Schema, brokenFacets []string) {
	var kinds []string
	for _, k := range schema.Kinds {
		kinds = append(kinds, k.ID)
	}
	check := func(list []named, valid []string, what string) map[string]bool {
		bad := map[string]bool{}
		for _, n := range list {
			if !slices.Contains(valid, n.name) && !bad[n.name] {
				bad[n.name] = true
				r.Node(n.node, content.Error, "unknown-name", "schema.yaml has no "+what+" "+source.Quote(n.name), source.DidYouMean(n.name, valid))
			}
		}
		return bad
	}
	bad := check(places.facets, append(slices.Clone(schema.Facets), brokenFacets...), "facet")
	for _, f := range brokenFacets {
		bad[f] = true
	}
	if bad[s.Map] {
		s.Map = ""
	}
	if bad[s.Matrix[0]] || bad[s.Matrix[1]] {
		s.Matrix = [2]string{}
	}
	badKinds := check(places.kinds, kinds, "kind")
	s.Ways = slices.DeleteFunc(s.Ways, func(facet string) bool { return bad[facet] })
	s.Nav = slices.DeleteFunc(s.Nav, func(kind string) bool { return badKinds[kind] })
}
