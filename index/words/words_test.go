package words

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content/load"
	"casebook/index/docs"
	"casebook/index/file"
	"casebook/index/rows"
	"casebook/index/text"
)

// A corpus is documents with their text.
type corpus struct {
	docs  *docs.Map
	parts [][]docs.Part // by document
}

// corpusOf makes a corpus of notes in English and French: the first line of a text
// is its title.
func corpusOf(t testing.TB, notes map[string]string) *corpus {
	t.Helper()
	fsys := fstest.MapFS{
		"site.yaml":   {Data: []byte("title: Test\nlanguages: [en, fr, de]\n")},
		"schema.yaml": {Data: []byte("kinds:\n  note:\n    folder: notes\n")},
	}
	for name, text := range notes {
		title, body, _ := strings.Cut(text, "\n")
		fsys["notes/"+name+".md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: %q\n---\n%s\n", title, body)}
	}
	lib, problems, err := load.Load(t.Context(), fsys, load.Options{Today: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil || problems.Errors() > 0 {
		t.Fatal(err, problems)
	}
	c := &corpus{}
	if c.docs, err = docs.NewMap(lib); err != nil {
		t.Fatal(err)
	}
	for d, u := range c.docs.Units {
		p, err := lib.At(int(u.Page))
		if err != nil {
			t.Fatal(err)
		}
		c.parts = append(c.parts, docs.Parts(p.In(c.docs.TagOf(uint32(d))), lib))
	}
	return c
}

// write makes the index of a corpus with some workers, so many documents at once.
func (c *corpus) write(t testing.TB, w *Writer, workers, atOnce int) *Index {
	t.Helper()
	var all []*Worker
	for range workers {
		all = append(all, w.Worker())
	}
	var order []int
	for from := 0; from < len(c.parts); from += atOnce {
		order = append(order, from)
	}
	if workers > 1 { // who is first is chance
		slices.Reverse(order)
	}
	for _, from := range order {
		k := all[from/atOnce%workers]
		for d := from; d < min(from+atOnce, len(c.parts)); d++ {
			if _, err := k.Add(uint32(d), c.parts[d]); err != nil {
				t.Fatal(err)
			}
		}
		if err := k.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	x, err := w.Finish(t.Context(), Options{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	return x
}

func (c *corpus) index(t testing.TB) *Index { return c.write(t, NewWriter(c.docs, ""), 2, 3) }

var made = strings.Fields("bolam dorup bolam-dorup fanik golut énergie energie hepar the of jomil l’énergie rights")

// random is a corpus of n notes in up to three languages.
func random(t testing.TB, seed uint64, n int) *corpus {
	r := rand.New(rand.NewPCG(seed, 1))
	say := func(n int) string {
		var ws []string
		for range n {
			ws = append(ws, made[min(r.IntN(len(made)), r.IntN(len(made)))])
		}
		return strings.Join(ws, " ")
	}
	notes := make(map[string]string)
	for i := range n {
		notes[fmt.Sprintf("n%03d", i)] = say(3) + "\n" + say(20) + "\n\n## " + say(2) + "\n\n" + say(9)
		for _, lang := range []string{"fr", "de"} {
			if r.IntN(4) == 0 {
				notes[fmt.Sprintf("n%03d.%s", i, lang)] = say(3) + "\n" + say(12)
			}
		}
	}
	return corpusOf(t, notes)
}

// Rows, posting lists and frequencies say of every term and document what
// analyzing its text again says.
func TestIndexAgainstTexts(t *testing.T) {
	c := random(t, 5, 60)
	x := c.index(t)
	want := make([]map[string]int, len(c.parts)) // by document and term
	titles := make([]map[string]bool, len(c.parts))
	for d, parts := range c.parts {
		want[d], titles[d] = make(map[string]int), make(map[string]bool)
		for i, part := range parts {
			text.NewAnalyzer(c.docs.Langs[c.docs.Units[d].Lang]).Tokens(part.Text, func(tok text.Token) {
				for _, term := range tok.Terms {
					if !tok.Stop {
						want[d][term] += part.Weight
						titles[d][term] = titles[d][term] || i == 0
					}
				}
			})
		}
	}
	compared := 0
	for lang := range c.docs.Langs {
		for i := range x.surfaces[lang].Keys.Len() {
			term := x.surfaces[lang].Keys.At(i)
			r := x.Reader()
			list, err := r.Docs(Text(lang), term)
			if err != nil {
				t.Fatal(err)
			}
			freqs := make(map[uint32]int)
			if list != nil {
				err := list.Each(t.Context(), c.docs.All, 1, NewBuffer(), func(docs []uint32, f []float32) {
					for j, d := range docs {
						freqs[d] = int(f[j])
					}
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if n, err := r.Count(Text(lang), term); err != nil || n != len(freqs) {
				t.Errorf("%s: counted %d documents, %v; want %d", term, n, err, len(freqs))
			}
			inTitle, err := r.Docs(Title(lang), term)
			if err != nil {
				t.Fatal(err)
			}
			var k rows.Sought
			x.Seek(&k, lang, term, 0)
			for it := c.docs.InLang[lang].Iterator(); it.HasNext(); {
				d, n := it.Next(), 0
				if err := x.Rows.Scan(d, &k, func(_ uint32, _, part int) { n += rows.Weights[part] }); err != nil {
					t.Fatal(err)
				}
				if n != want[d][term] || freqs[d] != want[d][term] {
					t.Errorf("%q stands %d times in document %d; its row says %d, its list %d", term, want[d][term], d, n, freqs[d])
				}
				if has := inTitle != nil && inTitle.Docs.Contains(d); has != titles[d][term] {
					t.Errorf("%q in the title of document %d: %t, want %t", term, d, has, titles[d][term])
				}
				compared += n
			}
		}
	}
	if compared < 1000 {
		t.Errorf("only %d were compared", compared)
	}
}

// However it is made, by how many, merged how often, in memory or in a folder, an
// index is the same; and so it is when it is opened again.
func TestIndexesAreEqual(t *testing.T) {
	c := random(t, 6, 80)
	dump := func(x *Index) []byte {
		var b bytes.Buffer
		if err := x.Dump(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	want := dump(c.index(t))
	if !bytes.Contains(want, []byte("bolam [")) || !bytes.Contains(want, []byte("title_fr")) {
		t.Errorf("the dump lacks something: %.200q", want)
	}
	for _, atOnce := range []int{1, 7, 200} {
		if got := dump(c.write(t, NewWriter(c.docs, ""), 1, atOnce)); !bytes.Equal(got, want) {
			t.Errorf("%d at once: another index", atOnce)
		}
	}
	for _, merge := range []int{2, 3, 128} {
		dir := t.TempDir()
		x := c.write(t, &Writer{docs: c.docs, to: &folder{dir: dir, atOnce: merge}}, 3, 2)
		if !bytes.Equal(dump(x), want) {
			t.Errorf("in a folder, %d merged at once: another index", merge)
		}
		var saved bytes.Buffer
		w := file.NewWriter(&saved)
		x.Save(w)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		r := file.NewReader(bytes.NewReader(saved.Bytes()), int64(saved.Len()))
		again := Read(c.docs, r)
		if err := errors.Join(r.End(), again.Open(dir)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(dump(again), want) || again.Written("energie", 1) != x.Written("energie", 1) {
			t.Errorf("opened again: another index")
		}
		again.Close()
		if left, err := os.ReadDir(dir); err != nil || len(left) != 3 {
			t.Errorf("the folder holds %v, %v", left, err)
		}
	}
}

func TestMergingIsTold(t *testing.T) {
	c := random(t, 6, 10)
	w := &Writer{docs: c.docs, to: &folder{dir: t.TempDir(), atOnce: 3}}
	k := w.Worker()
	for d := range c.parts {
		if _, err := k.Add(uint32(d), c.parts[d]); err != nil {
			t.Fatal(err)
		}
		if err := k.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	var last, all int
	x, err := w.Finish(t.Context(), Options{Workers: 1, Merged: func(done, of int) { last, all = done, of }})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if last != all || all < 2 {
		t.Errorf("the last said %d of %d", last, all)
	}
}

// A file that is missing or of another length is no index, and a document that was
// not added is missed.
func TestUnfinished(t *testing.T) {
	c := random(t, 7, 10)
	dir := t.TempDir()
	x := c.write(t, NewWriter(c.docs, dir), 1, 4)
	var saved bytes.Buffer
	w := file.NewWriter(&saved)
	x.Save(w)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{segmentFile, rowsFile, frequenciesFile} {
		good, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for what, bad := range map[string][]byte{"missing": nil, "cut": good[:len(good)/2]} {
			broken := t.TempDir()
			if err := os.CopyFS(broken, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(filepath.Join(broken, name)); err != nil {
				t.Fatal(err)
			}
			if bad != nil {
				if err := os.WriteFile(filepath.Join(broken, name), bad, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			r := file.NewReader(bytes.NewReader(saved.Bytes()), int64(saved.Len()))
			if err := Read(c.docs, r).Open(broken); err == nil {
				t.Errorf("%s %s: it opens", name, what)
			}
		}
	}
	few := NewWriter(c.docs, t.TempDir())
	k := few.Worker()
	if _, err := k.Add(0, c.parts[0]); err != nil {
		t.Fatal(err)
	}
	if err := k.Flush(); err != nil {
		t.Fatal(err)
	}
	if _, err := few.Finish(t.Context(), Options{}); err == nil {
		t.Error("an index of one document of many was made")
	}
}

func TestWithoutDocuments(t *testing.T) {
	c := corpusOf(t, nil)
	for _, dir := range []string{"", t.TempDir()} {
		r := c.write(t, NewWriter(c.docs, dir), 1, 1).Reader()
		list, err := r.Docs(Whole, "bolam")
		begin, err1 := r.Beginning(Whole, "bol")
		near, err2 := r.Near(Whole, "bolam", 1)
		n, err3 := r.Count(Whole, "bolam")
		if err := errors.Join(err, err1, err2, err3); err != nil || list != nil || begin != nil || near != nil || n != 0 {
			t.Errorf("%v, %v, %v, %d, %v", list, begin, near, n, err)
		}
	}
}

// Words, languages, synonyms and prefixes may not multiply without end, and who
// asks is told.
func TestListsAreBounded(t *testing.T) {
	r := corpusOf(t, map[string]string{"a": "A\nbolam"}).index(t).Reader()
	n := 0
	for range 2 * MaxLists {
		if list, err := r.Docs(Whole, "unknown"); err != nil || list != nil {
			t.Fatal(list, err) // opens nothing
		}
		list, err := r.Docs(Whole, "bolam")
		if err != nil {
			t.Fatal(err)
		}
		if list != nil {
			n++
		}
		if r.Bounded != (list == nil) {
			t.Fatalf("after %d lists bounded is %t", n, r.Bounded)
		}
	}
	if n != MaxLists {
		t.Errorf("%d lists opened, want %d", n, MaxLists)
	}
}

func TestBeginning(t *testing.T) {
	r := corpusOf(t, map[string]string{"a": "Energy\nbolam bolage bol bomar", "b": "B\nbolage énergie bolzen", "c": "C\nbolage bolzen"}).index(t).Reader()
	for _, tt := range []struct {
		field Field
		start string
		want  []string
	}{
		{Whole, "bol", []string{"bolage", "bolzen", "bol", "bolam"}}, // the most frequent first
		{Whole, "ener", []string{"energie", "energy"}},
		{WholeTitle, "ener", []string{"energy"}},
		{Whole, "x", nil}, {Whole, "", nil},
	} {
		if got, err := r.Beginning(tt.field, tt.start); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%v, %s: %v, %v; want %v", tt.field, tt.start, got, err, tt.want)
		}
	}
}

func TestNear(t *testing.T) {
	r := corpusOf(t, map[string]string{"a": "A\nbolam bolan bloam dolam bolamit bolamits élan"}).index(t).Reader()
	for _, tt := range []struct {
		word  string
		slips int
		want  []string
	}{
		{"bolam", 1, []string{"bloam", "bolan"}}, // neither itself nor another first letter
		{"bolamity", 1, []string{"bolamit", "bolamits"}},
		{"bolamitox", 1, nil},
		{"bolamitox", 2, []string{"bolamit", "bolamits"}},
		{"elaan", 1, []string{"elan"}},
		{"", 1, nil},
	} {
		if got, err := r.Near(Whole, tt.word, tt.slips); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%d from %s: %v, %v; want %v", tt.slips, tt.word, got, err, tt.want)
		}
	}
}

func TestWritten(t *testing.T) {
	x := corpusOf(t, map[string]string{
		"a": "Rights\nThe rights of Bolam, Bolam rights. Énergie!", "b": "B\nRights and Bolam.", "a.fr": "Énergie\nL’énergie, une énergie, des droits.",
	}).index(t)
	for _, tt := range []struct{ word, lang, want string }{
		{"rights", "en", "rights"}, // a capital letter at the head of a sentence is no name
		{"bolam", "en", "Bolam"},
		{"energie", "fr", "énergie"},
		{"energie", "en", "Énergie"}, // as English texts have it
		{"droits", "en", "droits"},   // as others have it
		{"nothing", "en", "nothing"},
	} {
		lang, _ := x.docs.Lang(tt.lang)
		if got := x.Written(tt.word, lang); got != tt.want {
			t.Errorf("%s in %s is written %s, want %s", tt.word, tt.lang, got, tt.want)
		}
	}
	if got := x.Surfaces(0, "right"); !slices.Equal(got, []string{"Rights", "rights"}) {
		t.Errorf("right is written %v", got)
	}
}

// Length counts words that say something, by weight, and no compound besides its
// words.
func TestLength(t *testing.T) {
	c := corpusOf(t, map[string]string{"a": "The rights\nx"})
	n, err := NewWriter(c.docs, "").Worker().Add(0, []docs.Part{{Text: "The rights", Weight: 3}, {Text: "of wi-fi", Weight: 2}, {}, {Text: "a word", Weight: 1}})
	if err != nil || n != 3+2*2+1 {
		t.Errorf("%d, %v; want 8", n, err)
	}
}

// No phrase reaches from one part into the next.
func TestPartsAreApart(t *testing.T) {
	c := corpusOf(t, map[string]string{"a": "One\ntwo"})
	x := c.index(t)
	var at []int
	if err := x.Rows.Each(0, func(_ uint32, pos, _ int) { at = append(at, pos) }); err != nil {
		t.Fatal(err)
	}
	if len(at) != 2 || at[1]-at[0] <= partGap {
		t.Errorf("words of two parts stand at %v", at)
	}
}

func TestRun(t *testing.T) {
	x := corpusOf(t, map[string]string{"a": "A\nbolam dorup", "b": "B\ndorup bolam"}).index(t)
	if x.Run(0, []string{"bolam", "nothing"}) != nil {
		t.Error("a word that no text has is part of a run")
	}
	run := x.Run(0, []string{"bolam", "dorup"})
	for doc, want := range []bool{true, false} {
		if got, err := x.Rows.MayHold(uint32(doc), run); err != nil || got != want {
			t.Errorf("document %d may hold it: %t, %v", doc, got, err)
		}
	}
}

// A list that is longer than what is looked at together gives each document
// its own frequency, whatever part of it is wanted.
func TestLongLists(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 8))
	l, freqs := List{Docs: roaring.New()}, make(map[uint32]byte)
	for d := range uint32(5 * Chunk) {
		if r.IntN(3) > 0 {
			l.Docs.Add(d)
			freqs[d] = byte(1 + r.IntN(rows.MaxFrequency))
			l.Freqs = append(l.Freqs, freqs[d])
		}
	}
	for _, share := range []float64{0, 0.001, 0.3, 1} {
		within := roaring.New()
		for d := range uint32(6 * Chunk) {
			if r.Float64() < share {
				within.Add(d)
			}
		}
		want := roaring.And(within, l.Docs)
		err := l.Each(t.Context(), within, 0.5, NewBuffer(), func(docs []uint32, got []float32) {
			for i, d := range docs {
				if got[i] != float32(freqs[d])/2 {
					t.Fatalf("document %d has %v, want half of %d", d, got[i], freqs[d])
				}
				if !want.CheckedRemove(d) {
					t.Fatalf("document %d is not wanted, or comes twice", d)
				}
			}
		})
		if err != nil || !want.IsEmpty() {
			t.Errorf("of a share of %v %d documents are missing, %v", share, want.GetCardinality(), err)
		}
	}
}
