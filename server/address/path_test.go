package address

import (
	pathpkg "path"
	"strings"
	"testing"
)

var tongues = []string{"en", "fr", "pt-BR"}

func TestSplitLanguage(t *testing.T) {
	for in, want := range map[string]string{
		"/": "en /", "/a/b": "en /a/b", "/fr": "fr /", "/fr/": "fr /", "/fr/a/b": "fr /a/b", "/fra": "en /fra", "/en/a": "en /en/a", "/pt-BR/x": "pt-BR /x",
		"/FR/a": "en /FR/a", "/fr//a": "fr //a", "": "en ",
	} {
		lang, below := SplitLanguage(tongues, in)
		if got := lang + " " + below; got != want {
			t.Errorf("SplitLanguage(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCanonical(t *testing.T) {
	for in, want := range map[string]string{
		"/": "/", "/fr/": "/fr/", "/fr": "/fr/", "/FR": "/fr/", "/FR/a": "/fr/a", "/pt-br/a": "/pt-BR/a", "/en": "/", "/EN/": "/", "/en/a": "/a",
		"/a/": "/a", "/a//b": "/a/b", "/a/../b": "/b", "/../..": "/", "//x/y": "/x/y", "/fr/a/": "/fr/a", "/fra/": "/fra", "/en/en/a": "/en/a",
	} {
		if got := Canonical(tongues, in); got != want {
			t.Errorf("Canonical(%q) = %q, want %q", in, got, want)
		}
	}
}

// What Canonical returns it leaves alone. Only a language behind the prefix of
// the first may need a second look.
func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{"/FR//a/./b/", "/en/../fr", "/a b/ü"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if !strings.HasPrefix(path, "/") {
			return
		}
		once := Canonical(tongues, path)
		if clean := strings.ToLower(pathpkg.Clean(path)); Under(clean, "en") {
			return
		}
		if again := Canonical(tongues, once); again != once {
			t.Errorf("Canonical(%q) = %q, and of that %q", path, once, again)
		}
		lang, below := SplitLanguage(tongues, once)
		if !strings.HasPrefix(below, "/") || lang == "" {
			t.Errorf("SplitLanguage(%q) = %q, %q", once, lang, below)
		}
	})
}

func TestUnder(t *testing.T) {
	for _, tt := range []struct {
		path, folder string
		want         bool
	}{{"/a", "a", true}, {"/a/", "a", true}, {"/a/b", "a", true}, {"/ab", "a", false}, {"/b/a", "a", false}, {"a", "a", false}, {"/a/b/c", "a/b", true}} {
		if got := Under(tt.path, tt.folder); got != tt.want {
			t.Errorf("Under(%q, %q) = %v", tt.path, tt.folder, got)
		}
	}
}

func TestValid(t *testing.T) {
	for path, want := range map[string]bool{"/": true, "/ü/٣": true, "/a\x00": false, "/\n": false, "/\xff": false, "/\u0085": false} {
		if got := Valid(path); got != want {
			t.Errorf("Valid(%q) = %v", path, got)
		}
	}
}

func TestWords(t *testing.T) {
	for path, want := range map[string]string{
		"/old/half-moons.php": "half moons", "/a/b_c+d": "b c d", "/": "", "/x": "x", "/.hidden": "", "/" + strings.Repeat("é", 50): strings.Repeat("é", 40),
		"/" + strings.Repeat("a", 79) + "é": strings.Repeat("a", 79),
	} {
		if got := Words(path); got != want {
			t.Errorf("Words(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestEdit(t *testing.T) {
	for _, tt := range []struct{ url, path, want string }{
		{"https://example.org/edit/{path}?x", "a b/c.md", "https://example.org/edit/a%20b/c.md?x"}, {"", "a.md", ""}, {"https://example.org/", "a.md", "https://example.org/"},
	} {
		if got := Edit(tt.url, tt.path); got != tt.want {
			t.Errorf("Edit(%q, %q) = %q, want %q", tt.url, tt.path, got, tt.want)
		}
	}
}
