package load

import (
	"context"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var benchPages = flag.Int("pages", 0, "also load this many pages in BenchmarkLoad")

// BenchmarkLoad loads a made content folder from disk. It reports the pages
// and the megabytes of Markdown read in a second.
func BenchmarkLoad(b *testing.B) {
	sizes := []int{1000}
	if *benchPages > 0 {
		sizes = append(sizes, *benchPages)
	}
	for _, n := range sizes {
		b.Run(fmt.Sprintf("pages=%d", n), func(b *testing.B) {
			dir := b.TempDir()
			bytes := generate(b, dir, n)
			root, err := os.OpenRoot(dir)
			if err != nil {
				b.Fatal(err)
			}
			defer root.Close()
			b.SetBytes(bytes)
			b.ReportAllocs()
			for b.Loop() {
				lib, problems, err := Load(context.Background(), root.FS(), Options{Today: today})
				if err != nil || len(problems) > 0 || lib.Len() != n {
					b.Fatalf("%d pages, %v\n%s", lib.Len(), err, problemText(problems))
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}

// generate writes a content folder of n pages of about 250 words with six
// fields, the same for the same n, and returns the bytes of its pages.
func generate(t testing.TB, dir string, n int) (size int64) {
	t.Helper()
	r := rand.New(rand.NewSource(1))
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	fields := []struct {
		name  string
		terms int
		most  int // values a page
	}{{"region", 1256, 2}, {"tool", 200, 3}, {"level", 3, 1}, {"locale", 6, 1}, {"tag", 2000, 4}}
	var schema strings.Builder
	schema.WriteString("kinds:\n  page:\n    folder: pages\n    label: {en: Page}\n    fields:\n      year: {type: years}\n")
	for _, f := range fields {
		fmt.Fprintf(&schema, "      %s: {type: term, vocabulary: %s, many: true}\n", f.name, f.name)
		var v strings.Builder
		fmt.Fprintf(&v, "label: {en: %s}\nterms:\n", f.name)
		for i := range f.terms {
			fmt.Fprintf(&v, "  - id: %q\n    label: {en: \"Term %d\"}\n", fmt.Sprintf("%s-%d", f.name, i), i)
			if f.name == "region" && i > 5 {
				fmt.Fprintf(&v, "    broader: [region-%d]\n", i/6)
			}
		}
		write("vocabularies/"+f.name+".yaml", v.String())
	}
	write("schema.yaml", schema.String()+"facets: [region, tool, level, year, locale, tag]\n")
	write("site.yaml", "title: Benchmark\nlanguages: [en]\n")
	words := make([]string, 5000)
	for i := range words {
		b := make([]byte, 3+r.Intn(9))
		for j := range b {
			b[j] = byte('a' + r.Intn(26))
		}
		words[i] = string(b)
	}
	zipf := rand.NewZipf(r, 1.1, 4, uint64(len(words)-1))
	text := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = words[zipf.Uint64()]
		}
		return strings.Join(list, " ")
	}
	for i := range n {
		var p strings.Builder
		fmt.Fprintf(&p, "---\ntitle: %q\n", text(6))
		for _, f := range fields {
			var ids []string
			first := r.Intn(f.terms)
			for k := range 1 + r.Intn(f.most) {
				ids = append(ids, fmt.Sprintf("\"%s-%d\"", f.name, (first+k*97)%f.terms))
			}
			fmt.Fprintf(&p, "%s: [%s]\n", f.name, strings.Join(ids, ", "))
		}
		fmt.Fprintf(&p, "year: %d\n---\n%s.\n\n## %s\n\n%s.\n\n- %s\n- %s\n", 1990+r.Intn(35), text(100), text(3), text(100), text(25), text(25))
		write(fmt.Sprintf("pages/%03d/page-%06d.md", i/1000, i), p.String())
		size += int64(p.Len())
	}
	return size
}
