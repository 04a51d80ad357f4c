package server

import (
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"casebook/templates"
)

func TestMessagesThatDoNotLoad(t *testing.T) {
	tests := []struct{ name, en, fr, want string }{
		{"key missing", "a: x\nb: y", "a: x", "messages/fr.yaml: b is missing; messages/en.yaml has it"},
		{"placeholder missing", "a: x {q}", "a: x", "a has the placeholders [], messages/en.yaml [q]"},
		{"other placeholder", "a: x {q}", "a: x {p}", "a has the placeholders [p], messages/en.yaml [q]"},
		{"plural form missing", "a: {one: x, other: y}", "a: {other: y}", `messages/fr.yaml: line 1: a: the plural form "one" is missing`},
		{"no such form", "a: {one: x, other: y, several: z}", "a: {one: x, other: y}", `unknown plural form "several"`},
		{"open placeholder", "a: 'x {q'", "a: x", `"{q" is no placeholder`},
		{"bad placeholder", "a: 'x {Q}'", "a: x", `"{Q" is no placeholder`},
		{"key twice", "a: x\na: y", "a: x", "already defined"},
		{"list", "a: [x]", "a: x", "want a text"},
	}
	for _, tt := range tests {
		_, err := loadMessages(fstest.MapFS{"messages/en.yaml": {Data: []byte(tt.en)}, "messages/fr.yaml": {Data: []byte(tt.fr)}})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	if _, err := loadMessages(fstest.MapFS{}); err == nil {
		t.Error("no messages at all are accepted")
	}
}

func TestPlurals(t *testing.T) {
	ms, err := loadMessages(fstest.MapFS{
		"messages/en.yaml": {Data: []byte("n: {zero: none, one: one, other: '{n} of {q}'}")},
		"messages/fr.yaml": {Data: []byte("n: {one: un, other: '{n} de {q}'}")},
		"messages/ar.yaml": {Data: []byte("n: {zero: z, one: o, two: t, few: 'f {n}', many: 'm {n}', other: 'x {n} {q}'}")},
	})
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
		if got := ms.byLang[tt.lang].T("n", "n", tt.n, "q", "Q"); got != tt.want {
			t.Errorf("%s: %v gives %q, want %q", tt.lang, tt.n, got, tt.want)
		}
	}
}

func TestPrinter(t *testing.T) {
	ms, err := loadMessages(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	en, fr, ar := ms.byLang["en"], ms.byLang["fr"], ms.byLang["ar"]
	may := time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	tests := []struct{ got, want string }{
		{en.Date(may), "4 May 2026"}, {fr.Date(may), "4 mai 2026"}, {ar.Date(may), "٤ مايو ٢٠٢٦"},
		{fr.Date(may.AddDate(0, 0, -3)), "1er mai 2026"}, {en.Date(time.Time{}), ""}, {fr.Month(may), "mai 2026"}, {en.Month(time.Time{}), ""},
		{en.Num(1250), "1,250"}, {ar.Num(999), "٩٩٩"}, {ar.Year(2016), "٢٠١٦"}, {en.Year(2016), "2016"}, {ar.Digits("dry-land/01"), "dry-land/٠١"},
		{en.Dir(), "ltr"}, {ar.Dir(), "rtl"}, {dirOf("fa"), "rtl"}, {dirOf("he"), "rtl"}, {dirOf("es"), "ltr"}, {dirOf("?"), "ltr"},
		{en.Language("fr"), "French"}, {fr.Language("es"), "espagnol"}, {ar.Language("fr"), "الفرنسية"}, {en.Language("??"), "??"},
		{ms.name("fr"), "Français"}, {ms.name("xx"), "xx"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestPrinterEscapes(t *testing.T) {
	ms, err := loadMessages(fstest.MapFS{"messages/en.yaml": {Data: []byte("a: '<b> {q} & {link}'")}})
	if err != nil {
		t.Fatal(err)
	}
	p := ms.byLang["en"]
	if got, want := p.H("a", "q", "<i>", "link", template.HTML("<a>x</a>")), template.HTML("&lt;b&gt; &lt;i&gt; &amp; <a>x</a>"); got != want {
		t.Errorf("H = %s, want %s", got, want)
	}
	if got, want := p.T("a", "q", "<i>", "link", "x"), "<b> <i> & x"; got != want {
		t.Errorf("T = %s, want %s", got, want)
	}
	var told []string
	p.report = func(_, key, what string) { told = append(told, key+": "+what) }
	p.T("none")
	p.T("a", "q", "x")
	if got := strings.Join(told, "; "); got != "none: no such message; a: no argument link" {
		t.Errorf("reported: %s", got)
	}
}

// Every message that a template or handler names exists, is called with its
// placeholders and no others, and every message is named somewhere.
func TestMessagesAreThoseThatAreUsed(t *testing.T) {
	ms, err := loadMessages(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	texts := ms.byLang["en"].texts
	used := make(map[string]bool)
	sources := make(map[string]string)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources[file] = string(data)
	}
	err = fs.WalkDir(templates.FS, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".html") {
			return err
		}
		data, err := fs.ReadFile(templates.FS, file)
		sources["templates/"+file] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	call := regexp.MustCompile(`\.([TH])(?:\(| )"([^"]+)"([^\n]*)`)
	literal := regexp.MustCompile(`"([a-z][a-z0-9_.-]*)`)
	for file, source := range sources {
		for _, m := range call.FindAllStringSubmatch(source, -1) {
			key := m[2]
			if strings.HasSuffix(key, ".") {
				continue // the rest is added
			}
			text, ok := texts[key]
			if !ok {
				t.Errorf("%s names the message %s, which isn't there", file, key)
				continue
			}
			for _, name := range text.placeholders() {
				if !strings.Contains(m[3], strconv.Quote(name)) {
					t.Errorf("%s calls %s without the argument %s: %s", file, key, name, strings.TrimSpace(m[0]))
				}
			}
		}
		for _, m := range literal.FindAllStringSubmatch(source, -1) {
			used[m[1]] = true
		}
	}
	for key := range texts {
		ok := used[key]
		for i, c := range key { // "date.month." + n
			ok = ok || c == '.' && used[key[:i+1]]
		}
		// error.KEY.title: the key is a literal of its own.
		if parts := strings.Split(key, "."); len(parts) == 3 && parts[0] == "error" {
			ok = used[parts[1]]
		}
		if !ok {
			t.Errorf("nothing names the message %s", key)
		}
	}
}

func TestErrorsHaveMessages(t *testing.T) {
	ms, err := loadMessages(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("errors.go")
	if err != nil {
		t.Fatal(err)
	}
	keys := regexp.MustCompile(`key: "([^"]+)"`).FindAllStringSubmatch(string(data), -1)
	if len(keys) < 7 {
		t.Fatalf("only %d errors found", len(keys))
	}
	for _, m := range keys {
		for _, part := range []string{"title", "text"} {
			if key := fmt.Sprintf("error.%s.%s", m[1], part); ms.byLang["en"].texts[key] == nil {
				t.Errorf("there is no message %s", key)
			}
		}
	}
}
