package content

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"sort"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// maxProblems bounds the problems kept of one file: more say that the file is
// of another kind, and nobody reads the 101st.
const maxProblems = 100

// A report collects the problems of one file and knows its text, to say where
// they are.
type report struct {
	path   string
	text   []byte    // without BOM, every line end is \n
	from   int       // where the YAML begins in text
	to     int       // where it ends
	lines  []int     // offsets of the YAML's lines as YAML counts them, made when first needed
	starts []int     // offsets of all lines, made when first needed
	last   yamlPlace // the place asked for last
	list   Problems
	drop   int // problems over maxProblems
}

// A yamlPlace is a line and a column as YAML counts them, and its offset.
type yamlPlace struct{ line, col, off int }

// file reports a problem of the file as such.
func (r *report) file(sev Severity, code, msg, fix string) { r.place(0, 0, sev, code, msg, fix) }

// at reports a problem at a byte offset of the text.
func (r *report) at(off int, sev Severity, code, msg, fix string) {
	line, col := r.position(off)
	r.place(line, col, sev, code, msg, fix)
}

// node reports a problem of a YAML node.
func (r *report) node(n *yaml.Node, sev Severity, code, msg, fix string) {
	line, col := r.nodePosition(n)
	r.place(line, col, sev, code, msg, fix)
}

// place reports a problem at a line and column of the file.
func (r *report) place(line, col int, sev Severity, code, msg, fix string) {
	if len(r.list) >= maxProblems {
		// An error decides whether the page is served, so it never goes unseen.
		if r.drop++; sev == Error && r.list.Errors() == 0 {
			r.list[maxProblems-1] = &Problem{r.path, line, col, sev, code, msg, fix}
		}
		return
	}
	r.list = append(r.list, &Problem{r.path, line, col, sev, code, msg, fix})
}

// full reports whether further problems are only counted, so that no remedy
// needs to be found.
func (r *report) full() bool { return len(r.list) >= maxProblems }

// done returns the problems, with one that counts those left away.
func (r *report) done() Problems {
	if r.drop > 0 {
		r.list = append(r.list, &Problem{Path: r.path, Severity: Warning, Code: "many-problems",
			Msg: fmt.Sprintf("%d further problems are not shown", r.drop)})
	}
	return r.list
}

// failed reports whether there is an error.
func (r *report) failed() bool { return r.list.Errors() > 0 }

// position turns an offset of the text into line and column, both from 1, the
// column in bytes.
func (r *report) position(off int) (line, col int) {
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

// nodePosition returns line and column of a node in the file. yaml.v3 counts
// columns in characters and knows more kinds of line ends than editors do.
func (r *report) nodePosition(n *yaml.Node) (line, col int) {
	if n == nil || n.Line == 0 {
		return r.position(r.from)
	}
	return r.position(r.yamlOffset(n.Line, n.Column))
}

func (r *report) yamlOffset(line, col int) int {
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

func (ps Problems) sort() {
	slices.SortStableFunc(ps, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Msg, b.Msg))
	})
}
