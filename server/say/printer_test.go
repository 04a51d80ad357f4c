package say

import (
	"html/template"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/language"

	"casebook/templates"
)

func TestPlurals(t *testing.T) {
	ms, err := Load(fstest.MapFS{
		"messages/en.yaml": {Data: []byte("n: {zero: none, one: one, other: '{n} of {q}'}")},
		"messages/fr.yaml": {Data: []byte("n: {one: un, other: '{n} de {q}'}")},
		"messages/ar.yaml": {Data: []byte("n: {zero: z, one: o, two: t, few: 'f {n}', many: 'm {n}', other: 'x {n} {q}'}")},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		lang string
		n    any
		want string
	}{
		{"en", 0, "none"}, {"en", 1, "one"}, {"en", 2, "2 of Q"}, {"en", 12345, "12,345 of Q"}, {"en", -1, "one"},
		{"fr", 0, "un"}, {"fr", 1, "un"}, {"fr", 2, "2 de Q"}, {"fr", int64(12345), "12\u00a0345 de Q"},
		{"ar", 0, "z"}, {"ar", 1, "o"}, {"ar", 2, "t"}, {"ar", 3, "f ٣"}, {"ar", 11, "m ١١"}, {"ar", 100, "x ١٠٠ Q"}, {"ar", 103, "f ١٠٣"},
		{"ar", uint64(10_000_000_011), "m ١٠٬٠٠٠٬٠٠٠٬٠١١"},
	}
	for _, tt := range tests {
		if got := ms.In(tt.lang).T("n", "n", tt.n, "q", "Q"); got != tt.want {
			t.Errorf("%s: %v gives %q, want %q", tt.lang, tt.n, got, tt.want)
		}
	}
}

func TestPrinter(t *testing.T) {
	ms, err := Load(templates.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	en, fr, ar := ms.In("en"), ms.In("fr"), ms.In("ar")
	may := time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	tests := []struct{ got, want string }{
		{en.Date(may), "4 May 2026"}, {fr.Date(may), "4 mai 2026"}, {ar.Date(may), "٤ مايو ٢٠٢٦"},
		{fr.Date(may.AddDate(0, 0, -3)), "1er mai 2026"}, {en.Date(time.Time{}), ""}, {fr.Month(may), "mai 2026"}, {en.Month(time.Time{}), ""},
		{en.Num(1250), "1,250"}, {ar.Num(999), "٩٩٩"}, {ar.Year(2016), "٢٠١٦"}, {en.Year(2016), "2016"}, {ar.Digits("dry-land/01"), "dry-land/٠١"},
		{en.Dir(), "ltr"}, {ar.Dir(), "rtl"}, {DirOf("fa"), "rtl"}, {DirOf("he"), "rtl"}, {DirOf("es"), "ltr"}, {DirOf("?"), "ltr"},
		{en.Language("fr"), "French"}, {fr.Language("es"), "espagnol"}, {ar.Language("fr"), "الفرنسية"}, {en.Language("??"), "??"},
		{ms.Name("fr"), "Français"}, {ms.Name("xx"), "xx"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestPrinterEscapes(t *testing.T) {
	var told []string
	report := func(lang, key, what string) { told = append(told, lang+" "+key+": "+what) }
	ms, err := Load(fstest.MapFS{"messages/en.yaml": {Data: []byte("a: '<b> {q} & {link}'\nb: {one: one, other: '{n}'}")}}, report)
	if err != nil {
		t.Fatal(err)
	}
	p := ms.In("en")
	if got, want := p.H("a", "q", "<i>", "link", template.HTML("<a>x</a>")), template.HTML("&lt;b&gt; &lt;i&gt; &amp; <a>x</a>"); got != want {
		t.Errorf("H = %s, want %s", got, want)
	}
	if got, want := p.T("a", "q", "<i>", "link", "x"), "<b> <i> & x"; got != want {
		t.Errorf("T = %s, want %s", got, want)
	}
	if told != nil {
		t.Errorf("reported: %q", told)
	}
	for _, tt := range []struct{ got, want string }{
		{p.T("none"), "⟦none⟧"}, {p.T("a", "q", "x"), "<b> x & ⟦a:link⟧"}, {string(p.H("<x>")), "⟦&lt;x&gt;⟧"}, {p.T("b", "n", "three"), "three"}, {p.T("a", "q", 1.5, "link", true), "<b> 1.5 & true"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
	if got, want := strings.Join(told, "; "), "en none: no such message; en a: no argument link; en <x>: no such message; en b: no number n"; got != want {
		t.Errorf("reported: %s, want %s", got, want)
	}
}

func TestList(t *testing.T) {
	ms, err := Load(templates.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := ms.In("en").T("none"); got != "⟦none⟧" { // nobody is told
		t.Errorf("a message that isn't there: %q", got)
	}
	for want, texts := range map[string][]string{"": nil, "a": {"a"}, "a or b": {"a", "b"}, "a, b or c": {"a", "b", "c"}} {
		if got := ms.In("en").List("list.or", texts); got != want {
			t.Errorf("%q make %q, want %q", texts, got, want)
		}
	}
}

// A language without messages of its own borrows those of the fallback, with
// its own digits and direction.
func TestLanguagesWithoutMessages(t *testing.T) {
	ms, err := Load(templates.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	fa := ms.In("fa")
	if again := ms.In("fa"); again != fa {
		t.Error("the printer is made anew")
	}
	for _, tt := range []struct{ got, want string }{
		{fa.T("nav.search"), ms.In("en").T("nav.search")}, {fa.Num(12), "۱۲"}, {fa.Dir(), "rtl"}, {fa.Lang(), "fa"}, {ms.In("de").Num(1234), "1.234"},
		{ms.In("not a language").Num(1234), "1,234"}, {ms.Name("de"), "Deutsch"}, {ms.Fallback(), "en"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
	if ms.Has("fa") || !ms.Has("ar") {
		t.Error("Has takes borrowed messages for a language's own")
	}
	only, err := Load(fstest.MapFS{"messages/fr.yaml": {Data: []byte("a: oui")}, "messages/es.yaml": {Data: []byte("a: sí")}}, nil)
	if err != nil || only.Fallback() != "es" || only.In("en").T("a") != "sí" {
		t.Errorf("without English the fallback is %q, %v", only.Fallback(), err)
	}
}

func TestNumerals(t *testing.T) {
	for _, tt := range []struct {
		lang string
		n    int64
		want string
	}{
		{"en", 0, "0"}, {"en", 999, "999"}, {"en", 1000, "1,000"}, {"en", -1000, "-1,000"}, {"en", -999, "-999"}, {"en", 1_234_567, "1,234,567"}, {"en", 12_345, "12,345"},
		{"es", 1000, "1.000"}, {"es", -1234, "-1.234"}, {"fr", 1000, "1\u00a0000"}, {"ar", 1000, "١٬٠٠٠"}, {"ar", -5, "-٥"}, {"fa", 20, "۲۰"},
	} {
		if got := numeralsOf(language.MustParse(tt.lang)).decimal(tt.n); got != tt.want {
			t.Errorf("%s: %d is written %q, want %q", tt.lang, tt.n, got, tt.want)
		}
	}
	if got := numeralsOf(language.Arabic).replace("a1é٢"); got != "a١é٢" {
		t.Errorf("digits of a text: %q", got)
	}
}

// The argument n may be of any type of whole number; large ones take the form of
// their last digits.
func TestFormOfNumbers(t *testing.T) {
	ms, err := Load(fstest.MapFS{
		"messages/ar.yaml": {Data: []byte("n: {zero: z, one: o, two: t, few: f, many: m, other: x}")},
		"messages/en.yaml": {Data: []byte("n: {one: o, other: x}")},
		"messages/ru.yaml": {Data: []byte("n: {one: o, few: f, many: m, other: x}")},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		lang string
		n    any
		want string
	}{
		{"en", 1, "o"}, {"en", int64(1), "o"}, {"en", uint32(1), "o"}, {"en", uint64(1), "o"}, {"en", -1, "o"}, {"en", 0, "x"}, {"en", int64(10_000_001), "x"},
		{"ar", 0, "z"}, {"ar", 2, "t"}, {"ar", -2, "t"}, {"ar", 10_000_000, "x"}, {"ar", 10_000_003, "f"}, {"ar", 9_999_999, "m"}, {"ar", int64(1) << 60, "m"},
		{"ru", 1, "o"}, {"ru", 21, "o"}, {"ru", 22, "f"}, {"ru", 11, "m"}, {"ru", 1_000_000_021, "o"}, {"ru", 0, "m"},
	} {
		if got := ms.In(tt.lang).T("n", "n", tt.n); got != tt.want {
			t.Errorf("%s: %v (%T) takes the form %s, want %s", tt.lang, tt.n, tt.n, got, tt.want)
		}
	}
}

func TestArgument(t *testing.T) {
	for _, tt := range []struct {
		args []any
		want any
		ok   bool
	}{
		{[]any{"a", 1, "b", 2}, 2, true}, {[]any{"b", 1, "b", 2}, 1, true}, {[]any{"a", "b"}, nil, false}, {[]any{"b"}, nil, false}, {nil, nil, false}, {[]any{7, 8, "b", nil}, nil, true},
	} {
		if got, ok := argument(tt.args, "b"); got != tt.want || ok != tt.ok {
			t.Errorf("b of %v is %v, %v", tt.args, got, ok)
		}
	}
}

func TestDaysAndMonths(t *testing.T) {
	ms, err := Load(templates.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 12, 1, 23, 59, 0, 0, time.UTC)
	for _, tt := range []struct{ got, want string }{
		{ms.In("en").Date(day), "1 December 2026"}, {ms.In("fr").Date(day), "1er décembre 2026"}, {ms.In("ar").Date(day), "١ ديسمبر ٢٠٢٦"}, {ms.In("ar").Month(day), "ديسمبر ٢٠٢٦"},
		{ms.In("fr").Date(day.AddDate(0, 0, 10)), "11 décembre 2026"}, {ms.In("fr").Date(time.Time{}), ""}, {ms.In("en").Month(day.AddDate(0, -11, 0)), "January 2026"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
	for m := time.January; m <= time.December; m++ {
		for _, lang := range ms.Languages() {
			if got := ms.In(lang).Month(time.Date(2026, m, 1, 0, 0, 0, 0, time.UTC)); strings.Contains(got, "⟦") {
				t.Errorf("%s: month %d is %q", lang, m, got)
			}
		}
	}
}

func TestDirections(t *testing.T) {
	for lang, want := range map[string]string{
		"ar": "rtl", "he": "rtl", "fa": "rtl", "ur": "rtl", "dv": "rtl", "syr": "rtl", "nqo": "rtl", "ff-Adlm": "rtl", "rhg": "rtl", "rhg-Rohg": "rtl", "mid-Mand": "rtl", "smp": "rtl", "en": "ltr", "zh": "ltr", "hi": "ltr", "ru": "ltr", "uz-Arab": "rtl", "": "ltr", "no such": "ltr",
	} {
		if got := DirOf(lang); got != want {
			t.Errorf("%q is written %s, want %s", lang, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		in   string
		n    int
		want string
	}{{"", 3, ""}, {"abc", 3, "abc"}, {"abcd", 3, "abc"}, {"éàü", 2, "éà"}, {"x", 0, ""}} {
		if got := Cut(tt.in, tt.n); got != tt.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}
