package source

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, text, want, problems string }{
		{"plain", "a\nb\n", "a\nb\n", ""},
		{"empty", "", "", ""},
		{"BOM", "\ufeffa", "a", ""},
		{"two BOMs", "\ufeff\ufeffa", "\ufeffa", ""},
		{"line ends", "a\r\nb\rc\r\r\n\nd", "a\nb\nc\n\n\nd", ""},
		{"a line end first", "\ra", "\na", ""},
		{"tab and marks of direction", "a\tb\u200f", "a\tb\u200f", ""},
		{"not UTF-8", "a\nb\xff\xfe", "", "x:2:2: error: byte 0xff is not UTF-8 text; save the file as UTF-8 [invalid-utf8]\n"},
		{"NUL", "a\x00\x00", "", "x:1:2: error: NUL byte; delete it [nul]\n"},
		{"escape", "\x1b", "", "x:1:1: error: control character U+001B; delete it [control-character]\n"},
		{"delete", "a\x7f", "", "x:1:2: error: control character U+007F; delete it [control-character]\n"},
		{"both ends of the overrides", "\u202a\u202e", "", bidi(1, 1, "202A") + bidi(1, 4, "202E")},
		{"both ends of the isolates", "\u2066\n\u2069", "", bidi(1, 1, "2066") + bidi(2, 1, "2069")},
		{"beside them", "\u2029\u202f\u2065\u206a", "\u2029\u202f\u2065\u206a", ""},
	} {
		r := &Report{Path: "x"}
		sum, ok := r.Read(fstest.MapFS{"y": {Data: []byte(tt.text)}}, "y", 100, nil)
		if got := lines(r.Problems()); got != tt.problems || ok != (tt.problems == "") {
			t.Errorf("%s: %v\n%swant\n%s", tt.name, ok, got, tt.problems)
		}
		if sum != sha256.Sum256([]byte(tt.text)) {
			t.Errorf("%s: the digest is not that of the file's bytes", tt.name)
		}
		if ok && string(r.Text(0)) != tt.want {
			t.Errorf("%s: text %q, want %q", tt.name, r.Text(0), tt.want)
		}
	}
}

func bidi(line, col int, sign string) string {
	return fmt.Sprintf("x:%d:%d: error: character U+%s overrides the direction of text; delete it; the direction follows from the language [bidi-control]\n", line, col, sign)
}

// A slowFile gives one byte at a time, and its error at the end.
type slowFile struct {
	*bytes.Reader
	err error
}

func (f slowFile) Read(b []byte) (int, error) {
	n, err := f.Reader.Read(b[:min(1, len(b))])
	if err == io.EOF && f.err != nil {
		err = f.err
	}
	return n, err
}
func (f slowFile) Stat() (fs.FileInfo, error) { return nil, errors.ErrUnsupported }
func (f slowFile) Close() error               { return nil }

type slowFS struct {
	text string
	err  error
}

func (s slowFS) Open(name string) (fs.File, error) {
	return slowFile{bytes.NewReader([]byte(s.text)), s.err}, nil
}

func TestReadBounded(t *testing.T) {
	for _, n := range []int{0, 1, 99, 100} {
		for _, room := range []int{0, 10, 1000} {
			scratch := make([]byte, 5, 5+room)
			b, err := ReadBounded(slowFS{text: strings.Repeat("x", n)}, "x", 100, scratch)
			if err != nil || string(b) != strings.Repeat("x", n) {
				t.Errorf("%d bytes with room for %d: %q, %v", n, room, b, err)
			}
			if n > 0 && room == 1000 && &b[0] != &scratch[0] {
				t.Error("the scratch is not used")
			}
		}
	}
	if _, err := ReadBounded(slowFS{text: strings.Repeat("x", 101)}, "x", 100, nil); !errors.Is(err, errTooBig) {
		t.Errorf("a byte too many: %v", err)
	}
	broken := errors.New("broken")
	if _, err := ReadBounded(slowFS{"abc", broken}, "x", 100, nil); err != broken {
		t.Errorf("an error on the way: %v", err)
	}
	if _, err := ReadBounded(fstest.MapFS{}, "x", 100, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestCheck(t *testing.T) {
	fsys := fstest.MapFS{
		"file": {Data: make([]byte, 10)}, "pipe": {Mode: fs.ModeNamedPipe}, "device": {Mode: fs.ModeDevice | fs.ModeCharDevice}, "dir": {Mode: fs.ModeDir}, "socket": {Mode: fs.ModeSocket},
	}
	for name, want := range map[string]error{"file": nil, "pipe": ErrIrregular, "device": ErrIrregular, "dir": ErrIrregular, "socket": ErrIrregular, "none": fs.ErrNotExist} {
		if err := Check(fsys, name, 10); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	if err := Check(fsys, "file", 9); !errors.Is(err, errTooBig) {
		t.Errorf("a byte too big: %v", err)
	}
}

func TestUnreadable(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{errTooBig, "x: error: the file has more than 3 MiB; divide it [too-big]\n"},
		{fmt.Errorf("wrapped: %w", errOutside), "x: error: the symbolic link leads out of the content folder; put the file itself here [link-outside]\n"},
		{ErrIrregular, "x: error: it is not a regular file [unreadable]\n"},
		{&fs.PathError{Op: "open", Path: "/home/x", Err: fs.ErrNotExist}, "x: error: the file does not exist [unreadable]\n"},
		{&fs.PathError{Op: "open", Path: "/home/x", Err: fs.ErrPermission}, "x: error: the file can't be read: permission denied [unreadable]\n"}, // no path of the machine
		{errors.New("odd"), "x: error: the file can't be read: odd [unreadable]\n"},
	} {
		r := &Report{Path: "x"}
		r.Unreadable(tt.err, 3<<20)
		if got := lines(r.Problems()); got != tt.want {
			t.Errorf("%v: %swant %s", tt.err, got, tt.want)
		}
	}
}

// A linkFS has symbolic links: names and where they lead.
type linkFS struct {
	fstest.MapFS
	links map[string]string
}

func (l linkFS) ReadLink(name string) (string, error) {
	if to, ok := l.links[name]; ok {
		return to, nil
	}
	return "", fs.ErrInvalid
}

func (l linkFS) Lstat(name string) (fs.FileInfo, error) {
	if _, ok := l.links[name]; ok {
		return fstest.MapFS{name: {Mode: fs.ModeSymlink}}.Lstat(name)
	}
	return fs.Stat(l.MapFS, name)
}

func TestFollow(t *testing.T) {
	l := linkFS{fstest.MapFS{"a/file": {}, "b/c/file": {}, "file": {}}, map[string]string{
		"a/same": "file", "a/up": "../file", "a/dot": "././/file", "a/other": "../b/c/file", "a/folder": "../b/c", "link": "a/up", "a/twice": "../link",
		"a/out": "../../file", "out": "..", "absolute": "/file", "windows": `C:\file`, "drive": "C:/file", "circle": "circle", "a/round": "trip", "a/trip": "round",
		"a/back": "../a/../b/c/../../file", "colon": "a:b", "a:b": "file", "short": ":", "later": "ab:c",
	}}
	chain := map[string]string{"0": "file"}
	for i := 1; i <= maxLinks; i++ {
		chain[fmt.Sprint(i)] = fmt.Sprint(i - 1)
	}
	for name, want := range map[string]string{
		"file": "file", "a/file": "a/file", "a/same": "a/file", "a/up": "file", "a/dot": "a/file", "a/other": "b/c/file", "a/folder/file": "b/c/file", "link": "file", "a/twice": "file",
		"a/back": "file",
	} {
		if got, err := Follow(l, name); got != want || err != nil {
			t.Errorf("%s leads to %q, %v, want %s", name, got, err, want)
		}
	}
	for name, want := range map[string]string{
		"a/out": errOutside.Error(), "out": errOutside.Error(), "absolute": errOutside.Error(), "windows": errOutside.Error(), "drive": errOutside.Error(), "colon": errOutside.Error(),
		"circle": "symbolic links lead in a circle", "a/round": "symbolic links lead in a circle", "none": "file does not exist", "short": "file does not exist", "later": "file does not exist", "a/folder/none": "file does not exist",
	} {
		if got, err := Follow(l, name); err == nil || !strings.Contains(err.Error(), want) || got != "" {
			t.Errorf("%s leads to %q, %v, want %s", name, got, err, want)
		}
	}
	long := linkFS{l.MapFS, chain}
	if got, err := Follow(long, fmt.Sprint(maxLinks-1)); got != "file" || err != nil {
		t.Errorf("%d links lead to %q, %v", maxLinks, got, err)
	}
	if _, err := Follow(long, fmt.Sprint(maxLinks)); err == nil {
		t.Errorf("%d links lead somewhere", maxLinks+1)
	}
	if got, err := Follow(slowFS{}, "../any"); got != "../any" || err != nil {
		t.Errorf("a file system without links leads to %q, %v", got, err)
	}
}
