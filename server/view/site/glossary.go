package site

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"casebook/content"
	"casebook/server/say"
	"casebook/server/view"
)

// A GlossaryPage is the thesaurus, by letters.
type GlossaryPage struct {
	view.Chrome
	Letters []Letter
	Total   int
}

// A Letter is the entries that begin with one letter.
type Letter struct {
	Letter  string
	ID      string
	Lang    string // of entries that have no term in the reader's language
	Entries []Entry
}

// An Entry is one concept.
type Entry struct {
	ID           string
	Label        view.Label
	URL          string // its search
	Definition   view.Label
	Synonyms     []string // in any language, abbreviations first
	Translations []view.Label
}

// Glossary makes the page of the glossary. It sorts the entries by their
// preferred term in the reader's language; those without one stand under the
// term that they have.
func Glossary(r *view.Reader) *GlossaryPage { return reader{r}.glossary(r.Library.Glossary) }

func (r reader) glossary(g *content.Glossary) *GlossaryPage {
	v := &GlossaryPage{Chrome: r.Chrome(r.Words.T("glossary.title"))}
	v.Description = r.Words.T("glossary.lede", "n", 0)
	if g == nil {
		return v
	}
	v.Total = len(g.Entries)
	v.Description = r.Words.T("glossary.lede", "n", v.Total)
	tag, err := language.Parse(r.Lang)
	if err != nil {
		tag = language.Und
	}
	col, buf := collate.New(tag, collate.IgnoreCase, collate.IgnoreDiacritics), new(collate.Buffer)
	entries := make([]Entry, 0, len(g.Entries))
	keys := make(map[string]string, len(g.Entries))
	for _, e := range g.Entries {
		ev := r.entry(e)
		keys[ev.ID] = string(col.KeyFromString(buf, sortable(ev.Label.Text)))
		buf.Reset()
		entries = append(entries, ev)
	}
	// In a language of another script, abbreviations in Latin letters come last.
	script, _ := tag.Script()
	latin := func(e Entry) int {
		if first, _ := utf8.DecodeRuneInString(firstLetter(e.Label.Text)); script.String() != "Latn" && unicode.Is(unicode.Latin, first) {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(entries, func(a, b Entry) int {
		// Terms that have no translation come after those that have.
		return cmp.Or(cmp.Compare(a.Label.Lang, b.Label.Lang), cmp.Compare(latin(a), latin(b)), cmp.Compare(keys[a.ID], keys[b.ID]))
	})
	for _, e := range entries {
		letter := firstLetter(e.Label.Text)
		if n := len(v.Letters); n == 0 || v.Letters[n-1].Letter != letter || v.Letters[n-1].Lang != e.Label.Lang {
			v.Letters = append(v.Letters, Letter{Letter: letter, Lang: e.Label.Lang, ID: letterID(letter, e.Label.Lang)})
		}
		last := &v.Letters[len(v.Letters)-1]
		last.Entries = append(last.Entries, e)
	}
	return v
}

func letterID(letter, lang string) string {
	if letter == "#" {
		letter = "digits"
	}
	id := "letter-" + strings.ToLower(letter)
	if lang != "" {
		id += "-" + lang
	}
	return id
}

func (r reader) entry(e *content.Entry) Entry {
	v := Entry{ID: e.ID, Label: r.Said(e.Preferred), Definition: r.Said(e.Definition)}
	v.URL = r.Links.Words(quoted(v.Label.Text))
	v.Synonyms = append(append(v.Synonyms, e.Abbreviations...), e.Synonyms...)
	for _, lang := range e.Preferred.Langs() {
		if shown := v.Label.Lang; lang != r.Lang && lang != shown {
			v.Translations = append(v.Translations, view.Label{Text: e.Preferred.In(lang), Lang: lang, Dir: say.DirOf(lang)})
		}
	}
	return v
}

// quoted makes a phrase of several words.
func quoted(s string) string {
	s = strings.ReplaceAll(s, `"`, "")
	if strings.ContainsAny(s, " -’'") {
		return `"` + s + `"`
	}
	return s
}

// sortable is a term without what comes before its first letter or digit, and
// without the Arabic article, which dictionaries pass over.
func sortable(s string) string {
	s = strings.TrimLeftFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	if rest, ok := strings.CutPrefix(s, "ال"); ok && len([]rune(rest)) > 1 {
		return rest
	}
	return s
}

// firstLetter is the letter that a term stands under: large, without accents.
func firstLetter(s string) string {
	for _, c := range norm.NFD.String(sortable(s)) {
		if unicode.IsDigit(c) {
			return "#"
		}
		if unicode.IsLetter(c) {
			return string(unicode.ToUpper(c))
		}
	}
	return "#"
}
