package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows are the imports that each package may have besides the standard
// library: what stands here is the architecture. A package that isn't listed fails.
var arrows = map[string][]string{
	"casebook/content":             {}, // the nouns
	"casebook/content/lexical":     {"golang.org/x/text/..."},
	"casebook/content/record":      {"casebook/content"},
	"casebook/content/source":      {"casebook/content", "casebook/content/lexical", "gopkg.in/yaml.v3"},
	"casebook/content/definitions": {"casebook/content", "casebook/content/lexical", "casebook/content/source", "gopkg.in/yaml.v3"},
	"casebook/content/markdown":    {"casebook/content", "casebook/content/lexical", "casebook/content/source", "github.com/yuin/goldmark/...", "gopkg.in/yaml.v3"},
	"casebook/content/frontmatter": {"casebook/content", "casebook/content/source", "casebook/content/definitions", "casebook/content/markdown", "gopkg.in/yaml.v3"},
	"casebook/content/load": {"casebook/content", "casebook/content/lexical", "casebook/content/record", "casebook/content/source", "casebook/content/definitions", "casebook/content/markdown",
		"casebook/content/frontmatter", "golang.org/x/text/..."},
	"casebook/index/rank":                  {"casebook/index/docs", "casebook/index/rows", "casebook/index/top", "casebook/index/words", "github.com/RoaringBitmap/roaring/v2"},
	"casebook/index/indextest":             {"casebook/content", "casebook/content/load", "casebook/index/column", "casebook/index/docs", "casebook/index/words"}, // for tests alone
	"casebook/index/passage":               {"casebook/content", "casebook/content/lexical", "casebook/index/text", "casebook/search"},
	"casebook/index/suggest":               {"casebook/content", "casebook/content/lexical", "casebook/index/column", "casebook/index/docs", "casebook/index/file", "casebook/search"},
	"casebook/index/fields":                {"casebook/content", "casebook/content/lexical", "casebook/index/column", "casebook/index/docs", "casebook/search"},
	"casebook/index/reading":               {"casebook/content/lexical", "casebook/index/text", "casebook/search"},
	"casebook/index/synonyms":              {"casebook/content", "casebook/index/reading", "casebook/index/text", "casebook/search"},
	"casebook/index/spelling":              {"casebook/content/lexical"},
	"casebook/index/query":                 {"casebook/content", "casebook/content/lexical", "casebook/index/column", "casebook/index/docs", "casebook/index/rank", "casebook/index/reading", "casebook/index/rows", "casebook/index/spelling", "casebook/index/synonyms", "casebook/index/text", "casebook/index/words", "casebook/search", "github.com/RoaringBitmap/roaring/v2"},
	"casebook/index/similar":               {"casebook/content", "casebook/index/column", "casebook/index/docs", "casebook/index/rank", "casebook/index/text", "casebook/index/top", "casebook/index/words", "casebook/search", "github.com/RoaringBitmap/roaring/v2"},
	"casebook/search":                      {"golang.org/x/text/..."},
	"casebook/index/text":                  {"casebook/content/lexical", "github.com/blevesearch/bleve/v2/analysis/...", "github.com/blevesearch/bleve/v2/analysis", "github.com/blevesearch/bleve/v2/registry", "golang.org/x/text/..."},
	"casebook/index/docs":                  {"casebook/content", "casebook/content/lexical", "casebook/index/text", "github.com/RoaringBitmap/roaring/v2"},
	"casebook/index/file":                  {"github.com/edsrzf/mmap-go"},
	"casebook/index/disk":                  {"casebook/content", "casebook/content/load", "casebook/content/definitions", "casebook/content/record", "casebook/index/file", "github.com/klauspost/compress/zstd", "github.com/hashicorp/golang-lru/v2/simplelru"},
	"casebook/index/rows":                  {"casebook/index/docs"},
	"casebook/index/top":                   {},
	"casebook/index/words":                 {"casebook/content/lexical", "casebook/index/text", "casebook/index/docs", "casebook/index/file", "casebook/index/rows", "github.com/blevesearch/...", "github.com/RoaringBitmap/roaring/v2"},
	"casebook/index":                       {"casebook/content", "casebook/content/load", "casebook/content/lexical", "casebook/search", "casebook/index/...", "github.com/RoaringBitmap/roaring/v2", "golang.org/x/text/..."},
	"casebook/templates":                   {},
	"casebook/index/column":                {"casebook/content", "casebook/search", "casebook/index/docs", "casebook/index/file", "casebook/index/top", "github.com/RoaringBitmap/roaring/v2", "golang.org/x/text/..."},
	"casebook/server":                      {"casebook/content", "casebook/search", "casebook/templates", "casebook/server/...", "github.com/gorilla/mux"},
	"casebook/server/client":               {},
	"casebook/server/pagecache":            {"github.com/hashicorp/golang-lru/v2/simplelru", "golang.org/x/sync/singleflight"},
	"casebook/server/address":              {"casebook/content", "casebook/search"},
	"casebook/server/internal/plaincorpus": {"casebook/content", "casebook/content/load", "casebook/search"}, // for tests
	"casebook/server/say":                  {"golang.org/x/text/...", "gopkg.in/yaml.v3"},
	"casebook/server/view":                 {"casebook/content", "casebook/search", "casebook/server/address", "casebook/server/say", "golang.org/x/text/..."},
	"casebook/server/view/article":         {"casebook/content", "casebook/search", "casebook/server/address", "casebook/server/say", "casebook/server/view"},
	"casebook/server/view/crawl":           {"casebook/content", "casebook/search", "casebook/server/address", "casebook/server/say", "casebook/server/view"},
	"casebook/server/view/results":         {"casebook/content", "casebook/search", "casebook/server/address", "casebook/server/view", "golang.org/x/text/..."},
	"casebook/server/view/site": {"casebook/content", "casebook/search", "casebook/server/address", "casebook/server/say", "casebook/server/view", "casebook/server/view/worldmap",
		"golang.org/x/text/..."},
	"casebook/server/view/worldmap":     {"casebook/content", "casebook/server/say"},
	"casebook/server/internal/viewtest": {"casebook/server/...", "casebook/templates"}, // for tests
	"casebook/tools/worldmap":           {"golang.org/x/text/..."},
	"casebook/tools/countries":          {"golang.org/x/text/...", "gopkg.in/yaml.v3"},
	"casebook/server/api":               {"casebook/content", "casebook/search", "casebook/server/address", "casebook/server/say", "casebook/server/view", "casebook/server/view/results"},
	"casebook/server/web":               {"github.com/andybalholm/brotli"},
	"casebook/cmd/casebook":             {"casebook/content", "casebook/content/load", "casebook/search", "casebook/index", "casebook/server", "casebook/server/address", "casebook/server/client", "casebook/templates", "golang.org/x/sys/unix"},
}

// homes are the only packages in which some imports may stand, whatever arrows
// says: one door to each.
var homes = map[string][]string{
	"github.com/blevesearch/": {"casebook/index/words", "casebook/index/text"},
	"html/template":           {"casebook/server", "casebook/server/view", "casebook/server/say"},
	"flag":                    {"casebook/cmd/casebook", "casebook/tools", "casebook/server/internal/viewtest"}, // the last for tests
}

func atHome(t *testing.T, pkg, imp string) {
	t.Helper()
	for prefix, rooms := range homes {
		if (imp == prefix || strings.HasSuffix(prefix, "/") && strings.HasPrefix(imp, prefix)) && !slices.ContainsFunc(rooms, func(room string) bool {
			return pkg == room || strings.HasPrefix(pkg, room+"/")
		}) {
			t.Errorf("%s imports %s, which is known in %s alone", pkg, imp, strings.Join(rooms, " and "))
		}
	}
}

func TestImportsGoOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,Standard", "casebook/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := map[string]bool{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		seen[p.ImportPath] = true
		allowed, ok := arrows[p.ImportPath]
		if !ok {
			t.Errorf("package %s has no place in the architecture; give it one in arrows", p.ImportPath)
		}
		for _, imp := range p.Imports {
			atHome(t, p.ImportPath, imp)
			if !strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") && !strings.HasPrefix(imp, "casebook/") {
				continue // standard library
			}
			if !slices.ContainsFunc(allowed, func(a string) bool {
				prefix, tree := strings.CutSuffix(a, "/...")
				return imp == prefix || tree && strings.HasPrefix(imp, prefix+"/")
			}) {
				t.Errorf("%s imports %s, which its place in the architecture does not allow", p.ImportPath, imp)
			}
		}
	}
	for p := range arrows {
		if !seen[p] {
			t.Errorf("package %s is in arrows, not in the module", p)
		}
	}
}

// What pages show is made without HTTP, for whoever else writes pages.
func TestViewsKnowNoHTTP(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "casebook/server/view/...", "casebook/server/api").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, "casebook/server/view/article") || slices.Contains(deps, "net/http") {
		t.Errorf("the views depend on net/http, by one of %s", deps)
	}
}
