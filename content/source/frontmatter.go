package source

import (
	"bytes"

	"casebook/content"
)

var fence = []byte("---")

// FrontMatter finds the front matter of a page, which ParseYAML then parses,
// and returns where the body begins.
func (r *Report) FrontMatter() (body int, ok bool) {
	first, rest, more := bytes.Cut(r.text, newline)
	if !bytes.Equal(bytes.TrimRight(first, " \t"), fence) {
		r.Place(1, 1, content.Error, "no-front-matter", "the page does not begin with front matter", "begin it with a line ---, then title: …, then a line ---")
		return 0, false
	}
	r.from = len(r.text) - len(rest)
	for off := r.from; more; {
		var line []byte
		line, _, more = bytes.Cut(r.text[off:], newline)
		if len(line) >= 3 && line[0] == '-' && bytes.Equal(bytes.TrimRight(line, " \t"), fence) {
			r.to = off
			return min(off+len(line)+1, len(r.text)), true
		}
		off += len(line) + 1
	}
	r.Place(1, 1, content.Error, "open-front-matter", "the front matter does not end", "end it with a line ---")
	return 0, false
}
