package reading

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/index/text"
	"casebook/search"
)

// reader reads English, French and what has no rules.
func reader(t *testing.T) *Reader {
	t.Helper()
	var langs []*text.Language
	for _, tag := range []string{"en", "fr", "de"} {
		l, err := text.NewLanguage(tag)
		if err != nil {
			t.Fatal(err)
		}
		langs = append(langs, l)
	}
	return NewReader(langs)
}

// spoken writes the forms of a wish in a language: terms with | between those of one
// word and + between words, all of some words in brackets, a beginning with a star,
// t: in titles.
func spoken(w *Wish, lang int) string {
	var out []string
	for _, f := range w.Forms {
		if f.Lang != lang {
			continue
		}
		s := ""
		if f.Title {
			s = "t:"
		}
		switch f.Kind {
		case Sequence:
			var words []string
			for _, x := range f.Words {
				words = append(words, fmt.Sprintf("%d%s", x.Pos, strings.Join(x.Terms, "|")))
			}
			s += strings.Join(words, "+")
		case AllOf:
			s += "[" + strings.Join(f.Folded, " ") + "]"
		case Beginning:
			s += f.Folded[0] + "*"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestWishes(t *testing.T) {
	const en, fr, de = 0, 1, 2
	for _, tt := range []struct {
		text string
		lang int
		want []string // by wish; ! in front of a stop word, ? of a framing one, ! behind of a required one
	}{
		{"prisoners", en, []string{"0prison"}},
		{"prisoners", de, []string{"0prisoners"}},
		{"élèves", fr, []string{"0elev"}},
		{"the prisoners", en, []string{"!", "0prison"}},
		{"the prisoners", fr, []string{"0the", "0prison"}},
		{"the who", en, []string{"[the]", "[who]"}}, // nothing else was asked
		{"the who", de, []string{"0the", "0who"}},
		{`"rights of the child"`, en, []string{"0right+3child!"}}, // a hole where words say nothing
		{"title:prisoners", en, []string{"t:0prison!"}}, {"title:the", en, []string{"t:[the]!"}},
		{"wi-fi", en, []string{"0wi+1fi, 0wifi"}},
		{"paragraph 05", en, []string{"0paragraph", "005, 05"}}, {"0", en, []string{"00"}},
		{"prison OR camp", en, []string{"0prison, 0camp"}},
		{"reha*", AnyLang, []string{"reha*"}}, {"title:Réha*", AnyLang, []string{"t:reha*!"}},
		{"role of prisons", en, []string{"?0role", "!", "0prison"}},
		{"role of", en, []string{"0role", "!"}}, // all only frame
		{"role OR prisons camp", en, []string{"0role, 0prison", "0camp"}},
		{"role OR role* prisons", en, []string{"0role", "0prison"}},
		{"role* prisons", AnyLang, []string{"role*", ""}}, // a beginning frames nothing
		{"title:role prisons", en, []string{"t:0role!", "0prison"}},
		{"title:role OR kinds prisons", en, []string{"t:0role, 0kind!", "0prison"}},
		{"kinds title:role", en, []string{"?0kind", "t:0role!"}},
		{"role-kinds prisons", en, []string{"0role+1kind, 0rolekind", "0prison"}}, // two words
		{`the "05 05"`, en, []string{"!", "005+105!"}},
		{`"role model" prisons`, en, []string{"0role+1model!", "0prison"}},
	} {
		var got []string
		for _, w := range reader(t).Wishes(search.Parse(tt.text, search.NoFields{}).Groups, en) {
			s := spoken(w, tt.lang)
			if tt.lang >= 0 && w.Stop[tt.lang] {
				s = "!" + s
			}
			if w.Framing {
				s = "?" + s
			}
			if w.Required {
				s += "!"
			}
			got = append(got, s)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s in language %d: %q, want %q", tt.text, tt.lang, got, tt.want)
		}
	}
}

// What frames a question is told by the language of the reader.
func TestFramingByReader(t *testing.T) {
	groups := search.Parse("manières prison", search.NoFields{}).Groups
	for lang, want := range []bool{false, true, false} {
		if got := reader(t).Wishes(groups, lang)[0].Framing; got != want {
			t.Errorf("for a reader of language %d: %t, want %t", lang, got, want)
		}
	}
}

func TestAlone(t *testing.T) {
	w := reader(t).Alone(search.Clause{Words: []string{"the"}})
	if got := spoken(w, 0); got != "[the]" || w.Stop[0] {
		t.Errorf("a stop word to leave out: %s", got)
	}
}

func TestContentCount(t *testing.T) {
	wishes := reader(t).Wishes(search.Parse("role of the prisons dans camps", search.NoFields{}).Groups, 0)
	if en, fr := ContentCount(wishes, 0), ContentCount(wishes, 1); en != 3 || fr != 4 {
		t.Errorf("%d words say something in English, %d in French; want 3, 4", en, fr)
	}
}

func TestKey(t *testing.T) {
	r := reader(t)
	for _, tt := range []struct {
		text, want string
		words      int
	}{
		{"deprived of a passport", "depriv passport", 4}, {"deprived of his passport", "depriv passport", 4},
		{"no effect", "no effect", 2}, {"not evaluated", "not evalu", 2}, {"evaluated", "evalu", 1}, {"effect of", "effect of", 2},
		{"the of", "", 2}, {"wi-fi", "wi fi", 2}, {"", "", 0},
	} {
		if got, n := r.Key(0, tt.text); got != tt.want || n != tt.words {
			t.Errorf("Key(%q) = %q of %d words, want %q of %d", tt.text, got, n, tt.want, tt.words)
		}
	}
}

// Without pages there are no languages.
func TestNoLanguages(t *testing.T) {
	r := NewReader(nil)
	wishes := r.Wishes(search.Parse("a word* -x", search.NoFields{}).Groups, 0)
	if len(wishes) != 2 || len(wishes[0].Forms) != 0 || r.Langs() != 0 {
		t.Errorf("%+v", wishes)
	}
}
