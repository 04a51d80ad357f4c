package spelling

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"casebook/content/lexical"
)

// A list is a corpus of words with the numbers of their documents: in language 0,
// and in all.
type list struct {
	words    map[string][2]int
	together map[string]int // of two words, with a space between them
	err      error
	asked    int
}

func (l *list) Documents(word string, lang int) (own, all int, err error) {
	l.asked++
	n := l.words[word]
	if lang != 0 {
		n[0] = n[1] - n[0]
	}
	return n[0], n[1], l.err
}

func (l *list) Near(word string, slips int) (out []string, err error) {
	for w := range l.words {
		if w != word && w[0] == word[0] && lexical.Edits(w, word) <= slips {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out, l.err
}

func (l *list) Together(_ context.Context, first, second string, atLeast int) (int, error) {
	return l.together[first+" "+second], l.err
}

func (l *list) Written(word string, lang int) string {
	return strings.ToUpper(word[:1]) + word[1:]
}

// once is a corpus of words that one document each has.
func once(words ...string) *list {
	l := &list{words: make(map[string][2]int)}
	for _, w := range words {
		l.words[w] = [2]int{1, 1}
	}
	return l
}

func TestMended(t *testing.T) {
	for _, tt := range []struct {
		name, word string
		corpus     *list
		want       string
		sure       bool
	}{
		{"the same sounds", "jusan", once("zhusan"), "Zhusan", false},
		{"nothing", "bolamat", once("hepar"), "", false},
		{"a slip in a long word", "bolamaton", once("bolamation"), "Bolamation", true},
		{"two slips in a long word", "bolamitatoin", once("bolamitation"), "Bolamitation", true},
		{"two slips in a shorter one are offered", "bolamxxo", once("bolamato"), "Bolamato", false},
		{"a slip in a short word is offered", "golux", once("golut"), "Golut", false},
		{"two letters that changed places", "goult", once("golut"), "Golut", true},
		{"in a very short word they are offered", "golt", once("gotl"), "Gotl", false},
		{"two slips in a short word are another word", "goxxt", once("golut"), "", false},
		{"another first letter", "xolut", once("golut"), "", false},
		{"two words run together", "bolamdorup", &list{together: map[string]int{"bolam dorup": 2}}, "Bolam Dorup", true},
		{"where more pages have them together", "bolamdorup", &list{together: map[string]int{"bolamd orup": 1, "bola mdorup": 2}}, "Bola Mdorup", true},
		{"halves of two letters", "bodorup", &list{together: map[string]int{"bo dorup": 2}}, "", false},
		{"two words before a word that is hardly meant", "bolamdor", &list{words: map[string][2]int{"bolamxxr": {1, 1}}, together: map[string]int{"bolam dor": 1}}, "Bolam Dor", true},
		{"another way to write the same sounds before a slip", "musalah", once("moussalah", "musalax"), "Moussalah", true},
		{"same sounds", "kadhafi", once("qadhafi"), "Qadhafi", true},
		{"same sounds in six letters", "kadafi", once("qadafi"), "Qadafi", true},
		{"a slip in seven letters", "bolamat", once("bolamas"), "Bolamas", true},
		{"a slip in six letters is offered", "bolama", once("bolami"), "Bolami", false},
		{"a letter less in five is offered", "bolam", once("bolame"), "Bolame", false},
		{"two slips in eleven letters", "bolamitaxxo", once("bolamitanno"), "Bolamitanno", true},
		{"two slips in ten letters are offered", "bolamitxxo", once("bolamitnno"), "Bolamitnno", false},
		{"three slips", "bolamxxx", once("bolamato"), "", false},
		{"two words of three letters", "bolmat", &list{together: map[string]int{"bol mat": 1}}, "Bol Mat", true},
		{"two words of 33 letters", strings.Repeat("pos", 11), &list{together: map[string]int{"pos " + strings.Repeat("pos", 10): 1}}, "", false},
		{"two words of 32 letters", strings.Repeat("posa", 8), &list{together: map[string]int{"posa " + strings.Repeat("posa", 7): 1}}, "Posa Posa" + strings.Repeat("posa", 6), true},
		{"same sounds in a short word are offered", "chips", once("ships"), "Ships", false},
		{"three letters", "bol", once("bola"), "", false},
		{"33 letters", strings.Repeat("pos", 11), once(strings.Repeat("pos", 10) + "pox"), "", false},
		{"32 letters", strings.Repeat("po", 16), once(strings.Repeat("po", 15) + "px"), strings.ToUpper("p") + strings.Repeat("po", 15)[1:] + "px", true},
	} {
		got, sure, err := Mended(t.Context(), tt.corpus, tt.word, 0)
		if got != tt.want || sure != tt.sure || err != nil {
			t.Errorf("%s: %s is %q, sure %t, %v; want %q, %t", tt.name, tt.word, got, sure, err, tt.want, tt.sure)
		}
	}
}

// Of several words it is the nearest, then the one more frequent in the reader's
// language, then in all.
func TestNearest(t *testing.T) {
	for _, tt := range []struct {
		name  string
		words map[string][2]int
		lang  int
		want  string
	}{
		{"the nearer", map[string][2]int{"bolamation": {1, 1}, "bolamatxxn": {9, 9}}, 0, "bolamation"},
		{"more frequent in the language", map[string][2]int{"bolamatons": {2, 2}, "bolamatone": {1, 9}}, 0, "bolamatons"},
		{"in another language", map[string][2]int{"bolamatons": {2, 2}, "bolamatone": {1, 9}}, 1, "bolamatone"},
		{"more frequent in all", map[string][2]int{"bolamatons": {1, 2}, "bolamatone": {1, 3}}, 0, "bolamatone"},
		{"the first of equals", map[string][2]int{"bolamatons": {1, 1}, "bolamatone": {1, 1}}, 0, "bolamatone"},
		{"one whose list is not opened", map[string][2]int{"bolamatons": {0, 0}}, 0, ""},
	} {
		if got, err := nearest(t.Context(), &list{words: tt.words}, "bolamaton", tt.lang); got != tt.want || err != nil {
			t.Errorf("%s: %q, %v; want %q", tt.name, got, err, tt.want)
		}
	}
}

// A word that some page has is doubted only for one that very many more have, and
// only if it is hardly anything but a slip for it.
func TestDoubted(t *testing.T) {
	for _, tt := range []struct {
		name, word, near string
		have, all        int
		want             string
	}{
		{"twenty times as many", "bolamatoin", "bolamation", 1, 20, "Bolamation"},
		{"fewer", "bolamatoin", "bolamation", 1, 19, ""},
		{"for each document that has it", "bolamatoin", "bolamation", 2, 39, ""},
		{"for each document that has it", "bolamatoin", "bolamation", 2, 40, "Bolamation"},
		{"eight letters", "bolamtai", "bolamtia", 1, 99, "Bolamtia"},
		{"seven letters", "bolamta", "bolamat", 1, 99, ""},
		{"no slip", "bolamxxtin", "bolamation", 1, 99, ""},
	} {
		corpus := &list{words: map[string][2]int{tt.near: {1, tt.all}, tt.word: {tt.have, tt.have}}}
		if got, err := Doubted(t.Context(), corpus, tt.word, tt.have, 0); got != tt.want || err != nil {
			t.Errorf("%s: %s is %q, %v; want %q", tt.name, tt.word, got, err, tt.want)
		}
	}
}

// Four sounds written otherwise are another word, and a word of nothing but
// such sounds has only so many spellings that are looked up.
func TestRespelled(t *testing.T) {
	for _, tt := range []struct {
		word   string
		corpus *list
		want   string
	}{
		{"chookeebozz", once("shukiboz"), ""}, {"chookeeboz", once("shukiboz"), "shukiboz"}, {"chokooba", once("shokuba"), "shokuba"},
		{"mousallaha", once("moussalaha"), "moussalaha"}, {"musalahah", once("musalaha"), "musalaha"}, {"djusan", once("jusan", "zhusan"), "jusan"},
		{"kadda", &list{words: map[string][2]int{"qadda": {1, 2}, "khadda": {2, 2}}}, "khadda"}, // more frequent in the language
		{"kadda", &list{words: map[string][2]int{"qadda": {1, 3}, "khadda": {1, 2}}}, "qadda"},
		{"kadda", &list{words: map[string][2]int{"qadda": {1, 1}, "khadda": {1, 1}}}, "khadda"},
		{"musala", once("musalah"), "musalah"}, {"kobat", once("kobbat"), "kobbat"}, {"akadi", once("akkadi"), "akkadi"}, {"kadadd", once("kadad"), "kadad"},
		{"kada", once("qada"), "qada"}, {"abc", once("abch"), ""}, {"kaaf", once("kaf"), ""}, {"kaddafí", once("qaddafí"), ""},
		{"q" + strings.Repeat("b", 31), once("k" + strings.Repeat("b", 31)), "k" + strings.Repeat("b", 31)},
		{"q" + strings.Repeat("b", 32), once("k" + strings.Repeat("b", 32)), ""},
		{"каддафи", once("kaddafi"), ""}, {"abc", once("abk"), ""},
	} {
		if got, err := respelled(t.Context(), tt.corpus, tt.word, 0); got != tt.want || err != nil {
			t.Errorf("respelled(%s) = %q, %v; want %q", tt.word, got, err, tt.want)
		}
	}
	corpus := once()
	if _, err := respelled(t.Context(), corpus, strings.Repeat("ouchee", 5), 0); err != nil || corpus.asked >= maxRespelled {
		t.Errorf("%d words looked up, %v", corpus.asked, err)
	}
}

func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Mended(ctx, once("bolamation"), "bolamaton", 0); !errors.Is(err, context.Canceled) {
		t.Errorf("mending: %v", err)
	}
	if _, err := Doubted(ctx, once("bolamation"), "bolamaton", 1, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("doubting: %v", err)
	}
	broken := once("bolamation")
	broken.err = errors.New("broken")
	if _, _, err := Mended(t.Context(), broken, "bolamaton", 0); !errors.Is(err, broken.err) {
		t.Errorf("an error of the corpus: %v", err)
	}
	if _, err := Doubted(t.Context(), broken, "bolamaton", 1, 0); !errors.Is(err, broken.err) {
		t.Errorf("an error of the corpus: %v", err)
	}
}
