package rank

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/index/docs"
	"casebook/index/indextest"
	"casebook/index/text"
	"casebook/index/top"
	"casebook/index/words"
)

func TestNearness(t *testing.T) {
	for _, tt := range []struct {
		before, at []int
		want       float32
	}{
		{[]int{1}, []int{2}, 1},
		{[]int{1}, []int{4}, 1.0 / 3},
		{[]int{2}, []int{1}, 0.5}, // the other order is one word farther
		{[]int{1, 9}, []int{2, 10}, 2},
		{[]int{1}, []int{1 + nearWindow + 1}, 0},
		{[]int{5}, []int{5}, 0}, // one word that is both
		{nil, []int{1}, 0},
		{[]int{1}, nil, 0},
	} {
		if got := nearness(tt.before, tt.at); got != tt.want {
			t.Errorf("nearness(%v, %v) = %v, want %v", tt.before, tt.at, got, tt.want)
		}
	}
}

// notes makes a ranker of notes, a text each.
func notes(t *testing.T, texts map[string]string) *Ranker {
	t.Helper()
	files := make(map[string]string)
	for id, text := range texts {
		files["notes/"+id+".md"] = indextest.Page("Note", "", text)
	}
	return ranker(t, indextest.Load(t, indextest.Folder(files)))
}

func ranker(t *testing.T, lib *content.Library) *Ranker {
	t.Helper()
	m, x := indextest.Words(t, lib)
	lengths := make([]int, len(m.Units))
	for d := range lengths {
		if err := x.Rows.Each(uint32(d), func(uint32, int, int) { lengths[d]++ }); err != nil {
			t.Fatal(err)
		}
	}
	return &Ranker{Docs: m, Words: x, Norms: Norms(m, lengths)}
}

// word is a wish for any of some terms, in all languages.
func (r *Ranker) word(t *testing.T, idf float32, terms ...string) *Word {
	t.Helper()
	w := &Word{IDF: idf, TypedIDF: idf, Stop: make([]bool, len(r.Docs.Langs)), Any: roaring.New()}
	reader := r.Words.Reader()
	for lang := range r.Docs.Langs {
		for _, term := range terms {
			list, err := reader.Docs(words.Text(lang), term)
			if err != nil {
				t.Fatal(err)
			}
			if list != nil {
				w.Leaves = append(w.Leaves, Leaf{Lang: lang, List: list, Bits: list.Docs, Weight: 1})
				w.Any.Or(list.Docs)
			}
		}
	}
	return w
}

// order scores notes by the words of a query and returns their places, best first.
func (r *Ranker) order(t *testing.T, near bool, query ...*Word) []uint32 {
	t.Helper()
	sc := NewScratch(len(r.Docs.Units))
	if err := r.Score(t.Context(), query, r.Docs.All, sc); err != nil {
		t.Fatal(err)
	}
	keys := r.Best(r.Docs.Originals, nil, nil, 100, sc)
	if near {
		if err := r.Near(t.Context(), query, keys, sc); err != nil {
			t.Fatal(err)
		}
	}
	var out []uint32
	for _, k := range keys {
		out = append(out, k.Page())
	}
	return out
}

func TestIDF(t *testing.T) {
	if IDF(1, 100) <= IDF(2, 100) || IDF(100, 100) <= 0 {
		t.Error("a rare word does not weigh more, or one that all have weighs nothing")
	}
	if got, want := float64(IDF(3, 10)), math.Log(1+7.5/3.5); math.Abs(got-want) > 1e-6 {
		t.Errorf("IDF(3, 10) = %v, want %v", got, want)
	}
}

// A text as long as the average of its language has a norm of k1.
func TestNorms(t *testing.T) {
	m := &docs.Map{Units: []docs.Unit{{Lang: 0}, {Lang: 0}, {Lang: 1}, {Lang: 2}}, Langs: make([]*text.Language, 3)}
	got := Norms(m, []int{10, 30, 7, 0})
	want := []float32{2 * (0.25 + 0.75*0.5), 2 * (0.25 + 0.75*1.5), 2, 0.5}
	if !slices.Equal(got, want) {
		t.Errorf("norms %v, want %v", got, want)
	}
	if got := BM25(3, 2, 2); got != 3*3*2.0/4 {
		t.Errorf("BM25 = %v", got)
	}
}

// Scores are the same from rows as from posting lists.
func TestScoreRows(t *testing.T) {
	r := ranker(t, indextest.Load(t, indextest.Made(6, 120)))
	rnd := rand.New(rand.NewPCG(3, 9))
	seen := 0
	for range 200 {
		var query []*Word
		for range 1 + rnd.IntN(4) {
			w := r.word(t, 1+rnd.Float32(), indextest.Pick(rnd, indextest.MadeWords), indextest.Pick(rnd, indextest.MadeWords))
			for i := range w.Leaves {
				w.Leaves[i].Weight = 0.5 + rnd.Float32()/2
				if i%2 == 1 {
					w.Leaves[i].By = Synonym
				}
			}
			if rnd.IntN(2) == 0 && len(w.Leaves) > 0 { // some of them typed
				w.TypedIDF, w.Typed = w.IDF+1, roaring.New()
				for _, l := range w.Leaves {
					if l.By == Typed {
						w.Typed.Or(l.Bits)
					}
				}
			}
			query = append(query, w)
		}
		within := roaring.New()
		for d := range uint32(len(r.Docs.Units)) {
			if rnd.IntN(3) > 0 {
				within.Add(d)
			}
		}
		byRow, byList := NewScratch(len(r.Docs.Units)), NewScratch(len(r.Docs.Units))
		if err := r.scoreRows(t.Context(), query, within, byRow); err != nil {
			t.Fatal(err)
		}
		for _, w := range query {
			if err := r.ScoreWord(t.Context(), w, within, byList); err != nil {
				t.Fatal(err)
			}
		}
		for d, want := range byList.Scores {
			if math.Abs(float64(byRow.Scores[d]-want)) > 1e-5*float64(want) {
				t.Errorf("document %d has %v from rows, %v from lists", d, byRow.Scores[d], want)
			}
			if want > 0 {
				seen++
				if !within.Contains(uint32(d)) {
					t.Errorf("document %d was not asked for", d)
				}
			}
		}
		if slices.ContainsFunc(byList.Sums, func(x float32) bool { return x != 0 }) {
			t.Fatal("sums are left behind")
		}
	}
	if seen < 1000 {
		t.Errorf("only %d documents were compared", seen)
	}
}

// first are so many documents.
func first(n uint64) *roaring.Bitmap {
	set := roaring.New()
	set.AddRange(0, n)
	return set
}

// Rows are read where that is cheaper: of few documents whose words are common.
func TestByRows(t *testing.T) {
	texts := make(map[string]string)
	for i := range 3000 {
		texts[fmt.Sprintf("n%04d", i)] = "bolam"
	}
	texts["n0007"] = "bolam golut"
	r := notes(t, texts)
	common, rare := r.word(t, 1, "bolam"), r.word(t, 1, "golut")
	title := r.word(t, 1, "bolam")
	title.Leaves[0].Title = true
	for _, tt := range []struct {
		name         string
		query        []*Word
		within       *roaring.Bitmap
		byRow, lists int
	}{
		{"few documents", []*Word{common}, roaring.BitmapOf(7), 1, 0},
		{"still few", []*Word{common}, first(90), 1, 0}, // 90 rows of a word each cost less than a list of 3,000
		{"no longer few", []*Word{common}, first(140), 0, 1},
		{"all documents", []*Word{common}, r.Docs.All, 0, 1},
		{"a short list", []*Word{rare}, roaring.BitmapOf(7), 0, 1},
		{"titles have no rows", []*Word{title, common}, roaring.BitmapOf(7), 1, 1},
		{"no documents", []*Word{common}, roaring.New(), 0, 1},
	} {
		byRow, lists := r.byRows(tt.query, tt.within)
		if len(byRow) != tt.byRow || len(lists) != tt.lists {
			t.Errorf("%s: %d from rows, %d from lists; want %d, %d", tt.name, len(byRow), len(lists), tt.byRow, tt.lists)
		}
	}
}

// A title counts the same however long the text; a set without frequencies and
// documents with some count too.
func TestOtherLeaves(t *testing.T) {
	r := notes(t, map[string]string{"a": "bolam", "b": "bolam dorup dorup dorup dorup dorup"})
	sc := NewScratch(2)
	set := &Word{IDF: 1, TypedIDF: 1, Any: r.Docs.All, Leaves: []Leaf{{Lang: -1, Bits: r.Docs.All, Weight: 10, Title: true}}}
	if err := r.ScoreWord(t.Context(), set, r.Docs.All, sc); err != nil {
		t.Fatal(err)
	}
	if want := BM25(1, 10, saturation); sc.Scores[0] != want || sc.Scores[1] != want {
		t.Errorf("a set: %v, want %v", sc.Scores, want)
	}
	sc = NewScratch(2)
	some := &Word{IDF: 1, TypedIDF: 2, Any: r.Docs.All, Leaves: []Leaf{{Docs: []uint32{0, 1}, Freqs: []float32{1, 3}, Bits: r.Docs.All, Weight: 0.5}}}
	if err := r.ScoreWord(t.Context(), some, roaring.BitmapOf(1), sc); err != nil {
		t.Fatal(err)
	}
	if want := BM25(2, 1.5, r.Norms[1]); sc.Scores[0] != 0 || sc.Scores[1] != want {
		t.Errorf("documents with frequencies: %v, want %v", sc.Scores, want)
	}
}

func TestNearWordsRise(t *testing.T) {
	filler := strings.Repeat("filler ", 30)
	r := notes(t, map[string]string{
		"a": "bolam " + filler + "dorup " + filler + "bolam " + filler + "dorup",
		"b": filler + filler + "bolam dorup " + filler + "bolam dorup",
		"c": filler + filler + "dorup bolam " + filler + "dorup bolam",
	})
	if got := r.order(t, true, r.word(t, 1, "bolam"), r.word(t, 1, "dorup")); !slices.Equal(got, []uint32{1, 2, 0}) {
		t.Errorf("near words first: %v", got)
	}
	if got := r.order(t, true, r.word(t, 1, "bolam")); !slices.Equal(got, []uint32{0, 1, 2}) {
		t.Errorf("one word alone: %v", got)
	}
	// A stop word between two others hides that they are neighbours, one that nothing has does not.
	hidden, missing := r.word(t, 1, "nothing"), r.word(t, 1, "nothing")
	missing.Stop = []bool{true}
	if got := r.order(t, true, r.word(t, 1, "bolam"), hidden, r.word(t, 1, "dorup")); got[0] != 0 {
		t.Errorf("with a word between them that no text has: %v", got)
	}
	if got := r.order(t, true, r.word(t, 1, "bolam"), missing, r.word(t, 1, "dorup")); got[0] != 1 {
		t.Errorf("with a word between them that says nothing: %v", got)
	}
}

// Nearness moves no page out of its tier.
func TestNearKeepsTiers(t *testing.T) {
	r := notes(t, map[string]string{"a": "bolam filler filler filler dorup", "b": "bolam dorup"})
	query := []*Word{r.word(t, 1, "bolam"), r.word(t, 1, "dorup")}
	sc := NewScratch(2)
	if err := r.Score(t.Context(), query, r.Docs.All, sc); err != nil {
		t.Fatal(err)
	}
	keys := r.Best(r.Docs.Originals, roaring.BitmapOf(0), nil, 2, sc)
	if err := r.Near(t.Context(), query, keys, sc); err != nil {
		t.Fatal(err)
	}
	if keys[0].Page() != 0 || keys[0].Tier() != top.All || keys[1].Tier() != top.Some {
		t.Errorf("first is page %d of tier %d", keys[0].Page(), keys[0].Tier())
	}
}

// A page has the score of its best version, and comes first if the words are its
// title.
func TestBest(t *testing.T) {
	r := ranker(t, indextest.Load(t, indextest.Folder(map[string]string{
		"notes/a.md": indextest.Page("A", "", "x"), "notes/b.md": indextest.Page("B", "", "x"), "notes/b.fr.md": indextest.Page("B", "", "x"),
		"notes/c.md": indextest.Page("C", "", "x"),
	})))
	sc := NewScratch(4)
	copy(sc.Scores, []float32{2, 1, 3, 0.5})
	places := func(keys []top.Key) (out []uint32) {
		for _, k := range keys {
			out = append(out, k.Page())
		}
		return out
	}
	for _, tt := range []struct {
		name  string
		sure  *roaring.Bitmap
		exact []uint32
		n     int
		want  []uint32
	}{
		{"by score", nil, nil, 3, []uint32{1, 0, 2}},
		{"the first two", nil, nil, 2, []uint32{1, 0}},
		{"sure ones first", roaring.BitmapOf(3), nil, 3, []uint32{2, 1, 0}},
		{"all are sure", r.Docs.All, nil, 3, []uint32{1, 0, 2}},
		{"a title in another language", roaring.BitmapOf(3), []uint32{2}, 3, []uint32{1, 2, 0}},
	} {
		if got := places(r.Best(r.Docs.Originals, tt.sure, tt.exact, tt.n, sc)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestScratch(t *testing.T) {
	sc := NewScratch(100)
	sc.AddTo(roaring.BitmapOf(3, 5), 1.5)
	sc.AddTo(roaring.BitmapOf(5), 1)
	if sc.Sums[3] != 1.5 || sc.Sums[5] != 2.5 || sc.Sums[4] != 0 {
		t.Errorf("sums %v", sc.Sums[3:6])
	}
	for _, n := range []uint64{2, 90} { // few, and many
		set := roaring.New()
		set.AddRange(0, n)
		for d := range n {
			sc.Scores[d] = 1
		}
		sc.Forget(set)
		if slices.ContainsFunc(sc.Scores, func(x float32) bool { return x != 0 }) {
			t.Errorf("scores of %d documents are left", n)
		}
	}
}

// A search that has no time left stops.
func TestScoringStops(t *testing.T) {
	r := notes(t, map[string]string{"a": "bolam dorup", "b": "bolam dorup"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	query := []*Word{r.word(t, 1, "bolam"), r.word(t, 1, "bolam", "dorup")}
	sc := NewScratch(2)
	for _, w := range query {
		if err := r.ScoreWord(ctx, w, r.Docs.All, sc); err == nil {
			t.Error("scoring a list goes on")
		}
	}
	if err := r.scoreRows(ctx, query, r.Docs.All, sc); err == nil {
		t.Error("scoring rows goes on")
	}
	sc.Scores[0], sc.Scores[1] = 1, 1
	if err := r.Near(ctx, query, []top.Key{top.ByScore(top.All, 1, 0), top.ByScore(top.All, 1, 1)}, sc); err == nil {
		t.Error("looking for near words goes on")
	}
}
