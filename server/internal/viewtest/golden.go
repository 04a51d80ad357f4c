package viewtest

import (
	"flag"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/server/view"
)

var update = flag.Bool("update", false, "rewrite the files in testdata with what the code says now")

// Golden compares a view with testdata/NAME.txt, where it stands as Dump
// writes it; with -update it writes the file.
func Golden(t *testing.T, name string, v any) {
	t.Helper()
	got, file := Dump(v), filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for _, line := range gotLines {
		if !slices.Contains(wantLines, line) {
			t.Errorf("%s: new: %s", name, line)
		}
	}
	for _, line := range wantLines {
		if !slices.Contains(gotLines, line) {
			t.Errorf("%s: gone: %s", name, line)
		}
	}
	t.Errorf("%s differs from %s; go test -update writes what it is now", name, file)
}

// Dump writes a view a value a line, with the way to it: Facts[0].Label.Text.
// What is zero is left out, and of a page's Chrome what is the same for all.
func Dump(v any) string {
	var b strings.Builder
	dump(&b, "", reflect.ValueOf(v))
	return b.String()
}

// maxText is how long a text may be that is written as it is.
const maxText = 2000

func dump(b *strings.Builder, at string, v reflect.Value) {
	if !v.IsValid() || v.IsZero() {
		return
	}
	if v.CanInterface() {
		switch x := v.Interface().(type) {
		case view.Chrome:
			dump(b, at, reflect.ValueOf(struct {
				Title, Description, Canonical, Q string
				NoIndex                          bool
			}{x.Title, x.Description, x.Canonical, x.Q, x.NoIndex}))
			return
		case time.Time:
			fmt.Fprintf(b, "%s = %s\n", at, x.Format(time.RFC3339))
			return
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		dump(b, at, v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				dump(b, strings.TrimPrefix(at+"."+f.Name, "."), v.Field(i))
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			path := fmt.Sprintf("%s[%d]", at, i)
			before := b.Len()
			if dump(b, path, v.Index(i)); b.Len() == before {
				fmt.Fprintf(b, "%s = zero\n", path)
			}
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		for _, k := range keys { // JSON tells 0 and "" from null
			path, value := fmt.Sprintf("%s[%v]", at, k), v.MapIndex(k)
			before := b.Len()
			if dump(b, path, value); b.Len() == before && !value.IsZero() {
				fmt.Fprintf(b, "%s = zero %s\n", path, value.Elem().Kind())
			}
		}
	default:
		text := fmt.Sprint(v)
		if n := len(text); n > maxText { // the outlines of the world
			text = fmt.Sprintf("%s… %d bytes, checksum %08x", text[:maxText/4], n, crc32.ChecksumIEEE([]byte(text)))
		}
		fmt.Fprintf(b, "%s = %q\n", at, text)
	}
}
