package say

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"casebook/templates"
)

// Every message that a template or handler names exists, is called with its
// placeholders and no others, and every message is named somewhere.
func TestMessagesAreThoseThatAreUsed(t *testing.T) {
	ms, err := Load(templates.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	texts := ms.byLang["en"].texts
	used := make(map[string]bool)
	sources := make(map[string]string)
	err = filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error { // all of package server
		if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		data, err := os.ReadFile(file)
		sources[file] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
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
