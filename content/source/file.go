package source

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"casebook/content"
)

// Bounds on one file. A page of 250 words has 2 kB; a vocabulary has one file
// for all its terms in all languages.
const (
	MaxPageBytes  = 1 << 20
	MaxImageBytes = 1 << 20
	MaxDataBytes  = 8 << 20
	maxLinks      = 40 // symbolic links followed one after another, as Linux does
)

var bom = []byte("\xEF\xBB\xBF")

// Read reads the file of this name, which is the report's path or what that
// links to, and checks that it is text. It returns false where nothing further
// can be said of the file. The text is in scratch if that is large enough.
func (r *Report) Read(fsys fs.FS, name string, limit int, scratch []byte) (sum content.Digest, ok bool) {
	b, err := ReadBounded(fsys, name, limit, scratch)
	if err != nil {
		r.Unreadable(err, limit)
		return sum, false
	}
	sum = sha256.Sum256(b)
	b = bytes.TrimPrefix(b, bom)
	if bytes.IndexByte(b, '\r') >= 0 {
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
		b = bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
	}
	r.text, r.from, r.to = b, 0, len(b)
	return sum, r.checkText()
}

// Unreadable reports the error of reading a file of at most limit bytes.
func (r *Report) Unreadable(err error, limit int) {
	switch {
	case errors.Is(err, errTooBig):
		r.File(content.Error, "too-big", fmt.Sprintf("the file has more than %d MiB", limit>>20), "divide it")
	case errors.Is(err, errOutside):
		r.File(content.Error, "link-outside", "the symbolic link leads out of the content folder", "put the file itself here")
	case errors.Is(err, ErrIrregular):
		r.File(content.Error, "unreadable", "it is not a regular file", "")
	case errors.Is(err, fs.ErrNotExist):
		r.File(content.Error, "unreadable", "the file does not exist", "")
	default:
		// The system's words may hold the folder's place on the machine; the path in the content folder is known.
		var pe *fs.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		r.File(content.Error, "unreadable", "the file can't be read: "+err.Error(), "")
	}
}

// ErrIrregular is the error for what is no regular file: a pipe, a device, a
// folder in a file's place.
var ErrIrregular = errors.New("not a regular file")

var (
	errTooBig  = errors.New("too big")
	errOutside = errors.New("symbolic link leads outside")
)

// Check looks at a file before it is opened, which for a pipe would last until
// somebody writes into it. It returns ErrIrregular or what Unreadable knows.
func Check(fsys fs.FS, name string, limit int) error {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return ErrIrregular
	case info.Size() > int64(limit):
		return errTooBig
	}
	return nil
}

// ReadBounded reads a regular file to its end, into scratch if it fits. It
// does not ask for the size first: that would be one more call for each of many
// files.
func ReadBounded(fsys fs.FS, name string, limit int, scratch []byte) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := scratch[:0]
	for {
		if len(b) == cap(b) {
			b = slices.Grow(b, 512)
		}
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if len(b) > limit {
			return nil, errTooBig
		}
		if err == io.EOF {
			return b, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// checkText reports what no file may hold: bytes that aren't UTF-8, control
// characters, and characters that turn the direction of the text around them.
func (r *Report) checkText() bool {
	b, ok := r.text, true
	if !utf8.Valid(b) {
		for i := 0; i < len(b); {
			c, size := utf8.DecodeRune(b[i:])
			if c == utf8.RuneError && size == 1 {
				r.At(i, content.Error, "invalid-utf8", fmt.Sprintf("byte 0x%02x is not UTF-8 text", b[i]), "save the file as UTF-8")
				break
			}
			i += size
		}
		ok = false
	}
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c < 0x20 && c != '\n' && c != '\t' || c == 0x7F:
			code, msg, fix := BadRune(rune(c))
			r.At(i, content.Error, code, msg, fix)
			return false // most likely no text at all
		case c == 0xE2 && isBidi(b[i:]):
			u, _ := utf8.DecodeRune(b[i:])
			code, msg, fix := BadRune(u)
			r.At(i, content.Error, code, msg, fix)
			ok = false
		}
	}
	return ok
}

// BadRune says what is wrong with a character that no text may hold; the code
// is "" for all others.
func BadRune(c rune) (code, msg, fix string) {
	switch {
	case c == 0:
		return "nul", "NUL byte", "delete it"
	case c < 0x20 && c != '\n' && c != '\t' || c == 0x7F:
		return "control-character", fmt.Sprintf("control character U+%04X", c), "delete it"
	case c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069:
		return "bidi-control", fmt.Sprintf("character U+%04X overrides the direction of text", c), "delete it; the direction follows from the language"
	}
	return "", "", ""
}

// isBidi reports whether b begins with one of U+202A to U+202E (embeddings
// and overrides) or U+2066 to U+2069 (isolates).
func isBidi(b []byte) bool {
	return len(b) > 2 && (b[1] == 0x80 && b[2] >= 0xAA && b[2] <= 0xAE || b[1] == 0x81 && b[2] >= 0xA6 && b[2] <= 0xA9)
}

// Follow returns the name that a symbolic link leads to, step by step, so
// that it is known to stay inside whatever fsys itself allows. A file system
// without links returns the name.
func Follow(fsys fs.FS, name string) (string, error) {
	rl, ok := fsys.(fs.ReadLinkFS)
	if !ok {
		return name, nil
	}
	done, rest := ".", name
	for links := 0; rest != ""; {
		first, after, _ := strings.Cut(rest, "/")
		switch first {
		case "", ".":
			rest = after
			continue
		case "..":
			if done == "." {
				return "", errOutside
			}
			done, rest = path.Dir(done), after
			continue
		}
		next := path.Join(done, first)
		info, err := rl.Lstat(next)
		if err != nil {
			return "", err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			done, rest = next, after
			continue
		}
		if links++; links > maxLinks {
			return "", errors.New("symbolic links lead in a circle")
		}
		to, err := rl.ReadLink(next)
		if err != nil {
			return "", err
		}
		if path.IsAbs(to) || strings.Contains(to, `\`) || strings.Contains(to, ":") && len(to) > 1 && to[1] == ':' {
			return "", errOutside
		}
		rest = to + "/" + after
	}
	return done, nil
}
