// Package source reads the files that editors write: their text, the front
// matter of a page and YAML. It says what is wrong with a file at the place
// where it stands, and what would be right.
package source

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"casebook/content"
)

// MaxProblems bounds the problems kept of one file: more say that the file is
// of another kind, and nobody reads the 101st.
const MaxProblems = 100

// A Report collects the problems of one file and knows its text, to say where
// they are.
//
// A Report with only a Path is ready to be used.
type Report struct {
	Path   string
	text   []byte    // without BOM, every line end is \n
	from   int       // where the YAML begins in text
	to     int       // where it ends
	lines  []int     // offsets of the YAML's lines as YAML counts them, made when first needed
	starts []int     // offsets of all lines, made when first needed
	last   yamlPlace // the place asked for last
	list   content.Problems
	drop   int // problems over MaxProblems
}

// A yamlPlace is a line and a column as YAML counts them, and its offset.
type yamlPlace struct{ line, col, off int }

// File reports a problem of the file as such.
func (r *Report) File(sev content.Severity, code, msg, fix string) {
	r.Place(0, 0, sev, code, msg, fix)
}

// At reports a problem at a byte offset of the text.
func (r *Report) At(off int, sev content.Severity, code, msg, fix string) {
	line, col := r.Position(off)
	r.Place(line, col, sev, code, msg, fix)
}

// Node reports a problem of a YAML node.
func (r *Report) Node(n *yaml.Node, sev content.Severity, code, msg, fix string) {
	line, col := r.NodePosition(n)
	r.Place(line, col, sev, code, msg, fix)
}

// Place reports a problem at a line and column of the file.
func (r *Report) Place(line, col int, sev content.Severity, code, msg, fix string) {
	if len(r.list) >= MaxProblems {
		// An error decides whether the page is served, so it never goes unseen.
		if r.drop++; sev == content.Error && r.list.Errors() == 0 {
			r.list[MaxProblems-1] = &content.Problem{Path: r.Path, Line: line, Col: col, Severity: sev, Code: code, Msg: msg, Fix: fix}
		}
		return
	}
	r.list = append(r.list, &content.Problem{Path: r.Path, Line: line, Col: col, Severity: sev, Code: code, Msg: msg, Fix: fix})
}

// Full reports whether further problems are only counted, so that no remedy
// needs to be found.
func (r *Report) Full() bool { return len(r.list) >= MaxProblems }

// Problems returns the problems, with one that counts those left away.
func (r *Report) Problems() content.Problems {
	if r.drop == 0 {
		return r.list
	}
	return append(slices.Clip(r.list), &content.Problem{Path: r.Path, Severity: content.Warning, Code: "many-problems",
		Msg: fmt.Sprintf("%d further problems are not shown", r.drop)})
}

// Errors returns how many errors there are so far, among those kept.
func (r *Report) Errors() int { return r.list.Errors() }

// Len returns how many problems are kept so far.
func (r *Report) Len() int { return len(r.list) }

// Failed reports whether there is an error.
func (r *Report) Failed() bool { return r.list.Errors() > 0 }

// Text returns the text of the file from an offset on, without BOM and with \n
// for every line end.
func (r *Report) Text(from int) []byte { return r.text[from:] }

// Forget lets go of the text, once no further place in it is asked for.
func (r *Report) Forget() { r.text, r.lines, r.starts = nil, nil, nil }

// Position turns an offset of the text into line and column, both from 1, the
// column in bytes.
func (r *Report) Position(off int) (line, col int) {
	if r.starts == nil {
		r.starts = append(r.starts, 0)
		for i := 0; ; {
			n := bytes.IndexByte(r.text[i:], '\n')
			if n < 0 {
				break
			}
			i += n + 1
			r.starts = append(r.starts, i)
		}
	}
	off = min(max(off, 0), len(r.text))
	line = sort.SearchInts(r.starts, off+1)
	return line, off - r.starts[line-1] + 1
}

// NodePosition returns line and column of a node in the file. yaml.v3 counts
// columns in characters and knows more kinds of line ends than editors do.
func (r *Report) NodePosition(n *yaml.Node) (line, col int) {
	if n == nil || n.Line == 0 {
		return r.Position(r.from)
	}
	return r.Position(r.yamlOffset(n.Line, n.Column))
}

func (r *Report) yamlOffset(line, col int) int {
	if r.lines == nil {
		r.lines = append(r.lines, r.from)
		for i := r.from; i < r.to; i++ {
			switch b := r.text[i:r.to]; {
			case b[0] == '\n':
				r.lines = append(r.lines, i+1)
			case b[0] == 0xC2 && len(b) > 1 && b[1] == 0x85: // next line
				r.lines = append(r.lines, i+2)
			case b[0] == 0xE2 && len(b) > 2 && b[1] == 0x80 && b[2]&^1 == 0xA8: // line and paragraph separator
				r.lines = append(r.lines, i+3)
			}
		}
	}
	// Mostly the nodes of a line are asked for from left to right.
	at := &r.last
	if at.line != line || at.col > col {
		*at = yamlPlace{line, 1, r.lines[min(max(line, 1), len(r.lines))-1]}
	}
	for ; at.col < col && at.off < r.to; at.col++ {
		_, size := utf8.DecodeRune(r.text[at.off:r.to])
		at.off += size
	}
	return at.off
}
