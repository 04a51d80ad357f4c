package content

import (
	"net/url"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// defaultSite is the site of a folder without site.yaml.
func defaultSite() *Site {
	return &Site{Title: NewText(map[string]string{"en": "Casebook"}, "en"), Languages: []string{"en"}}
}

// readSite reads site.yaml. Its names of facets, kinds and pages are checked
// by checkSite, once those are known.
func readSite(r *report, root *yaml.Node) (*Site, *sitePlaces) {
	s, places := defaultSite(), &sitePlaces{}
	d := &decoder{report: r, lang: "en"}
	if root == nil {
		return s, places
	}
	// The languages come first: they say what a plain string is.
	if v := lookup(root, "languages"); v != nil {
		var langs []string
		d.items(v, func(n *yaml.Node) {
			l := d.str(n)
			switch {
			case l == "" || !d.isLang(l, n):
			case contains(langs, l):
				d.node(n, Warning, "duplicate-value", quote(l)+" stands here twice", "")
			default:
				langs = append(langs, l)
			}
		})
		if len(langs) > 0 {
			s.Languages, d.lang = langs, langs[0]
			s.Title = NewText(map[string]string{d.lang: "Casebook"}, d.lang)
		}
	}
	text := func(to *Text) func(*yaml.Node) { return func(n *yaml.Node) { *to = d.text(n) } }
	link := func(to *string, template bool) func(*yaml.Node) {
		return func(n *yaml.Node) {
			u := d.str(n)
			if why := badURL(strings.NewReplacer("{path}", "x").Replace(u)); why != "" {
				d.node(n, Error, "bad-url", why, "write it whole, as https://example.org/")
				return
			}
			if template && !strings.Contains(u, "{path}") {
				d.node(n, Error, "bad-url", "the link has no {path}", "write {path} where the file's path belongs")
				return
			}
			*to = u
		}
	}
	var matrix []string
	d.mapping(root, "site.yaml",
		key{"title", text(&s.Title)}, key{"tagline", text(&s.Tagline)}, key{"intro", text(&s.Intro)},
		key{"languages", func(*yaml.Node) {}},
		key{"licence", text(&s.Licence)}, key{"licence_url", link(&s.LicenceURL, false)},
		key{"repo_url", link(&s.RepoURL, false)}, key{"edit_url", link(&s.EditURL, true)}, key{"history_url", link(&s.HistoryURL, true)},
		key{"contact", func(n *yaml.Node) {
			c := d.str(n)
			if why := badURL(c); why != "" && (!strings.Contains(c, "@") || strings.ContainsAny(c, " \"<>")) {
				d.node(n, Error, "bad-url", quote(c)+" is neither a mail address nor a URL", "")
				return
			}
			s.Contact = c
		}},
		key{"map", func(n *yaml.Node) { s.Map = d.str(n); places.facets = append(places.facets, named{s.Map, n}) }},
		key{"matrix", func(n *yaml.Node) {
			d.items(n, func(n *yaml.Node) {
				matrix = append(matrix, d.str(n))
				places.facets = append(places.facets, named{d.str(n), n})
			})
			if len(matrix) != 2 {
				d.node(n, Error, "wrong-type", "matrix names two facets", "write [one, other]")
			}
		}},
		key{"ways", func(n *yaml.Node) {
			d.items(n, func(n *yaml.Node) {
				s.Ways = append(s.Ways, d.str(n))
				places.facets = append(places.facets, named{d.str(n), n})
			})
		}},
		key{"examples", func(n *yaml.Node) { d.items(n, func(n *yaml.Node) { s.Examples = append(s.Examples, d.text(n)) }) }},
		key{"nav", func(n *yaml.Node) {
			d.items(n, func(n *yaml.Node) {
				s.Nav = append(s.Nav, d.str(n))
				places.kinds = append(places.kinds, named{d.str(n), n})
			})
		}},
		key{"about", func(n *yaml.Node) {
			s.About = strings.TrimSuffix(d.str(n), ".md")
			places.about = named{s.About, n}
		}},
	)
	if len(matrix) == 2 {
		s.Matrix = [2]string(matrix)
	}
	return s, places
}

// sitePlaces remembers where site.yaml names something of the schema.
type sitePlaces struct {
	facets, kinds []named
	about         named
}

type named struct {
	name string
	node *yaml.Node
}

// checkSite removes names that the schema does not have, and reports them.
func checkSite(r *report, s *Site, places *sitePlaces, schema *Schema, brokenFacets []string) {
	var kinds []string
	for _, k := range schema.Kinds {
		kinds = append(kinds, k.ID)
	}
	check := func(list []named, valid []string, what string) map[string]bool {
		bad := map[string]bool{}
		for _, n := range list {
			if !contains(valid, n.name) && !bad[n.name] {
				bad[n.name] = true
				r.node(n.node, Error, "unknown-name", "schema.yaml has no "+what+" "+quote(n.name), didYouMean(n.name, valid))
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
	s.Ways = without(s.Ways, bad)
	s.Nav = without(s.Nav, check(places.kinds, kinds, "kind"))
}

// lookup returns the value of a key of a mapping, nil if there is none.
func lookup(n *yaml.Node, name string) *yaml.Node {
	n = deref(n)
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if k := deref(n.Content[i]); k.Kind == yaml.ScalarNode && k.Value == name {
			return deref(n.Content[i+1])
		}
	}
	return nil
}

// badURL says what is wrong with an absolute web address, "" if nothing is.
func badURL(s string) string {
	u, err := url.Parse(s)
	switch {
	case err != nil || strings.ContainsAny(s, " \t\n<>\"\\^`{|}"):
		return quote(s) + " is not a URL"
	case u.Scheme == "":
		return quote(s) + " is not a whole URL"
	case u.Scheme != "http" && u.Scheme != "https":
		return "the URL begins with " + quote(u.Scheme+":") + ", not with https:"
	case u.Hostname() == "" || u.User != nil:
		return quote(s) + " is not a URL"
	}
	return ""
}
