package index

import (
	"context"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bquery "github.com/blevesearch/bleve/v2/search/query"

	"casebook/content/load"
	"casebook/search"
)

var benchPages = flag.Int("pages", 1000, "pages of the made corpus that BenchmarkSearch asks")

// A speech makes words and texts as a large corpus has them: few words often,
// most seldom (Zipf-Mandelbrot), some words always together.
type speech struct {
	r     *rand.Rand
	words []string
	cum   []float64
}

func newSpeech(seed uint64, n int) *speech {
	s := &speech{r: rand.New(rand.NewPCG(seed, 3))}
	seen := map[string]bool{}
	const cons, vow = "bdfgklmnprtvz", "aiou"
	for len(s.words) < n {
		var b strings.Builder
		for range 2 + s.r.IntN(3) {
			b.WriteByte(cons[s.r.IntN(len(cons))])
			b.WriteByte(vow[s.r.IntN(len(vow))])
		}
		b.WriteByte("kmpt"[s.r.IntN(4)])
		if w := b.String(); !seen[w] {
			seen[w] = true
			s.words = append(s.words, w)
		}
	}
	sum := 0.0
	for i := range n {
		sum += 1 / math.Pow(float64(i)+4, 1.02)
		s.cum = append(s.cum, sum)
	}
	return s
}

func (s *speech) word() string {
	x := s.r.Float64() * s.cum[len(s.cum)-1]
	lo, hi := 0, len(s.cum)-1
	for lo < hi {
		if mid := (lo + hi) / 2; s.cum[mid] < x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return s.words[lo]
}

func (s *speech) text(n int) string {
	var b strings.Builder
	for i := range n {
		if s.r.IntN(40) == 0 { // words that stand together
			k := s.r.IntN(len(s.words) / 20)
			fmt.Fprintf(&b, "%s %s ", s.words[20+k], s.words[21+k*7%(len(s.words)-30)])
			continue
		}
		b.WriteString(s.word())
		if i%15 == 14 {
			b.WriteString(". ")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// A record is a page of the benchmark corpus as plain bleve gets it.
type record struct {
	Title, Text         string
	Place, Method, Tags []string
	Grade, Year         string
}

const benchSchema = `
kinds:
  note:
    folder: notes
    fields:
      place: {type: term, vocabulary: place, many: true}
      method: {type: term, vocabulary: method, many: true}
      grade: {type: term, vocabulary: grade}
      tag: {type: term, vocabulary: tag, many: true}
      period: {type: years}
facets: [place, method, grade, tag, period, language]
`

// corpus makes n pages of about 250 words with six facets, about 13 values a
// page.
func corpus(n int) ([]record, map[string]string) {
	s := newSpeech(20260101, 60_000)
	files := map[string]string{"schema.yaml": benchSchema}
	var places strings.Builder
	places.WriteString("terms:\n")
	for i := range 8 {
		fmt.Fprintf(&places, "  - {id: p%d}\n", i)
		for j := range 12 {
			fmt.Fprintf(&places, "  - {id: p%d-%d, broader: [p%d]}\n", i, j, i)
			for k := range 5 {
				fmt.Fprintf(&places, "  - {id: p%d-%d-%d, broader: [p%d-%d]}\n", i, j, k, i, j)
			}
		}
	}
	files["vocabularies/place.yaml"] = places.String()
	list := func(name string, n int) {
		var b strings.Builder
		b.WriteString("terms:\n")
		for i := range n {
			fmt.Fprintf(&b, "  - {id: %s%d}\n", name[:1], i)
		}
		files["vocabularies/"+name+".yaml"] = b.String()
	}
	list("method", 60)
	list("grade", 4)
	list("tag", 120)
	records := make([]record, n)
	for i := range n {
		rec := record{Title: strings.TrimSpace(s.text(6)), Text: s.text(230 + s.r.IntN(40))}
		for range 1 + s.r.IntN(3) {
			a, b, c := s.r.IntN(8), s.r.IntN(12), s.r.IntN(5)
			rec.Place = append(rec.Place, fmt.Sprintf("p%d-%d-%d", a, b, c), fmt.Sprintf("p%d-%d", a, b), fmt.Sprintf("p%d", a))
		}
		for range 1 + s.r.IntN(4) {
			rec.Method = append(rec.Method, fmt.Sprintf("m%d", s.r.IntN(60)))
		}
		for range s.r.IntN(6) {
			rec.Tags = append(rec.Tags, fmt.Sprintf("t%d", s.r.IntN(120)))
		}
		rec.Grade, rec.Year = fmt.Sprintf("g%d", s.r.IntN(4)), fmt.Sprint(2010+s.r.IntN(12))
		records[i] = rec
		var narrow []string
		for j := 0; j < len(rec.Place); j += 3 {
			narrow = append(narrow, rec.Place[j])
		}
		files[fmt.Sprintf("notes/%06d.md", i)] = page(rec.Title, fmt.Sprintf("place: [%s]\nmethod: [%s]\ntag: [%s]\ngrade: %s\nperiod: %s",
			strings.Join(uniq(narrow), ", "), strings.Join(uniq(rec.Method), ", "), strings.Join(uniq(rec.Tags), ", "), rec.Grade, rec.Year), rec.Text)
	}
	return records, files
}

func uniq(in []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, v := range in {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// A bench is the same corpus in a Snapshot and in plain bleve.
type bench struct {
	snap  *Snapshot
	bleve bleve.Index
	words []string
}

var theBench = sync.OnceValues(func() (*bench, error) {
	records, files := corpus(*benchPages)
	lib, _, err := load.Load(context.Background(), folder(files), load.Options{Today: today})
	if err != nil {
		return nil, err
	}
	snap, err := Build(context.Background(), lib, Options{Deadline: patience})
	if err != nil {
		return nil, err
	}
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = en.AnalyzerName
	m.DefaultMapping.Dynamic = false
	m.DefaultMapping.AddFieldMappingsAt("Title", bleve.NewTextFieldMapping())
	m.DefaultMapping.AddFieldMappingsAt("Text", bleve.NewTextFieldMapping())
	for _, f := range []string{"Place", "Method", "Tags", "Grade", "Year"} {
		k := bleve.NewTextFieldMapping()
		k.Analyzer = keyword.Name
		m.DefaultMapping.AddFieldMappingsAt(f, k)
	}
	idx, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	batch := idx.NewBatch()
	for i, r := range records {
		if err := batch.Index(fmt.Sprint(i), r); err != nil {
			return nil, err
		}
	}
	return &bench{snap, idx, newSpeech(20260101, 60_000).words}, idx.Batch(batch)
})

// request is what a search page asks of plain bleve: twenty hits, five facets.
func request(q search.Query) *bleve.SearchRequest {
	all := bquery.NewConjunctionQuery(nil)
	for _, g := range q.Groups {
		c := g.Any[0]
		both := bleve.NewDisjunctionQuery()
		for _, field := range []string{"Title", "Text"} {
			switch c.Kind {
			case search.Phrase:
				x := bleve.NewMatchPhraseQuery(strings.Join(c.Words, " "))
				x.SetField(field)
				both.AddQuery(x)
			case search.Prefix:
				x := bleve.NewPrefixQuery(c.Words[0])
				x.SetField(field)
				both.AddQuery(x)
			default:
				x := bleve.NewMatchQuery(c.Words[0])
				x.SetField(field)
				both.AddQuery(x)
			}
		}
		all.AddQuery(both)
	}
	for _, f := range q.Filters {
		x := bleve.NewTermQuery(f.Values[0])
		x.SetField(map[string]string{"place": "Place", "method": "Method", "grade": "Grade"}[f.Field])
		all.AddQuery(x)
	}
	if len(all.Conjuncts) == 0 {
		all.AddQuery(bleve.NewMatchAllQuery())
	}
	req := bleve.NewSearchRequestOptions(all, 20, 0, false)
	for _, f := range []string{"Place", "Method", "Tags", "Grade", "Year"} {
		req.AddFacet(f, bleve.NewFacetRequest(f, 1000))
	}
	return req
}

// BenchmarkSearch asks one question of every class, with counts of all facets,
// twenty hits and their passages. x-bleve is the time of plain bleve for hits
// and facets of the same question in the same run, without passages and
// without drill sideways, divided by ours. Of "question" bleve is asked for all
// words and finds next to nothing, so that figure compares different answers.
//
//	go test -run='^$' -bench=Search ./index -pages=10000
func BenchmarkSearch(b *testing.B) {
	be, err := theBench()
	if err != nil {
		b.Fatal(err)
	}
	w := be.words
	common, rare := w[3], w[3000]
	classes := []struct{ name, text string }{
		{"browse", ""},
		{"browse+filter", "place:p3"},
		{"browse+filters", "place:p3 grade:g1"},
		{"common", common},
		{"rare", rare},
		{"several", w[2] + " " + w[9] + " " + w[30]},
		{"question", strings.Join([]string{w[2], w[60], w[200], w[900], w[1500]}, " ")},
		{"word+filter", common + " method:m7"},
		{"words+filters", w[2] + " " + w[30] + " place:p3 grade:g1"},
		{"phrase", `"` + w[25] + " " + w[21+5*7] + `"`},
		{"prefix", w[50][:3] + "*"},
	}
	for _, c := range classes {
		q := search.Parse(c.text, be.snap)
		q.Lang = "en"
		b.Run(fmt.Sprintf("%s/pages=%d", c.name, *benchPages), func(b *testing.B) {
			ctx := context.Background()
			total := 0
			b.ReportAllocs()
			for b.Loop() {
				r, err := be.snap.Search(ctx, q)
				if err != nil {
					b.Fatal(err)
				}
				total = r.Total
			}
			ours := b.Elapsed().Seconds() / float64(b.N)
			n, start := 0, time.Now()
			for n < 3 || time.Since(start) < 200*time.Millisecond {
				if _, err := be.bleve.SearchInContext(ctx, request(q)); err != nil {
					b.Fatal(err)
				}
				n++
			}
			theirs := time.Since(start).Seconds() / float64(n)
			b.ReportMetric(float64(total), "results")
			b.ReportMetric(theirs/ours, "x-bleve")
		})
	}
}

// BenchmarkBuild builds the snapshot of a loaded library.
func BenchmarkBuild(b *testing.B) {
	_, files := corpus(*benchPages)
	lib := loaded(b, folder(files))
	b.ReportAllocs()
	for b.Loop() {
		s, err := Build(context.Background(), lib, Options{})
		if err != nil {
			b.Fatal(err)
		}
		s.Release()
	}
	b.ReportMetric(float64(*benchPages)*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkSuggest completes what a reader has typed so far, letter by
// letter: the beginning of a common word of titles, of a rare one, of two words,
// and of none.
//
//	go test -run='^$' -bench=Suggest ./index -pages=10000
func BenchmarkSuggest(b *testing.B) {
	be, err := theBench()
	if err != nil {
		b.Fatal(err)
	}
	w := be.words
	for _, c := range []struct{ name, text string }{
		{"letter", w[0][:1]}, {"two letters", w[0][:2]}, {"common word", w[0]}, {"rare word", w[3000]},
		{"two words", w[0] + " " + w[1][:2]}, {"term", "m1"}, {"nothing", "xqzzyw"},
	} {
		b.Run(fmt.Sprintf("%s/pages=%d", c.name, *benchPages), func(b *testing.B) {
			n := 0
			b.ReportAllocs()
			for b.Loop() {
				cs, err := be.snap.Suggest(context.Background(), c.text, "en", 10)
				if err != nil {
					b.Fatal(err)
				}
				n = len(cs)
			}
			b.ReportMetric(float64(n), "results")
		})
	}
}

// BenchmarkSimilar looks for five pages like one, of fifty pages in turn.
// x-common is its time divided by that of a search for a common word in the
// same run.
//
//	go test -run='^$' -bench=Similar ./index -pages=10000
func BenchmarkSimilar(b *testing.B) {
	be, err := theBench()
	if err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	q := search.Parse(be.words[3], be.snap)
	b.Run(fmt.Sprintf("pages=%d", *benchPages), func(b *testing.B) {
		b.ReportAllocs()
		i, found := 0, 0
		for b.Loop() {
			r, err := be.snap.Similar(ctx, fmt.Sprintf("notes/%06d", i%50**benchPages/50), "en", 5)
			if err != nil {
				b.Fatal(err)
			}
			i++
			found += len(r)
		}
		ours := b.Elapsed().Seconds() / float64(b.N)
		n, start := 0, time.Now()
		for n < 3 || time.Since(start) < 200*time.Millisecond {
			if _, err := be.snap.Search(ctx, q); err != nil {
				b.Fatal(err)
			}
			n++
		}
		b.ReportMetric(float64(found)/float64(b.N), "results")
		b.ReportMetric(ours/(time.Since(start).Seconds()/float64(n)), "x-common")
	})
}
