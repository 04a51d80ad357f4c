package content

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Severity says what a Problem means for the page.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // the page is left out
	Warning Severity = "warning" // the page is served
)

// A Problem is one thing wrong with one content file. It prints as
// path:line:col: severity: msg; fix.
type Problem struct {
	Path     string   `json:"path"` // slash-separated, relative to the content folder
	Line     int      `json:"line"` // from 1, in the whole file; 0 if it concerns the file as such
	Col      int      `json:"col"`  // from 1, in bytes; 0 if unknown
	Severity Severity `json:"severity"`
	Code     string   `json:"code"` // stable name of the check: "unknown-field"
	Msg      string   `json:"message"`
	Fix      string   `json:"fix,omitempty"` // what would be right, "" if that is plain
}

// Error formats the problem on one line, without parts that are unknown.
func (p *Problem) Error() string {
	var b strings.Builder
	if strings.ContainsFunc(p.Path, unicode.IsControl) { // or one problem would take several lines
		b.WriteString(strconv.Quote(p.Path))
	} else {
		b.WriteString(p.Path)
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
		if p.Col > 0 {
			fmt.Fprintf(&b, ":%d", p.Col)
		}
	}
	fmt.Fprintf(&b, ": %s: %s", p.Severity, p.Msg)
	if p.Fix != "" {
		b.WriteString("; " + p.Fix)
	}
	return b.String()
}

// Problems are all problems of one load, by path, then place.
type Problems []*Problem

// Errors returns how many of them are errors.
func (ps Problems) Errors() int {
	n := 0
	for _, p := range ps {
		if p.Severity == Error {
			n++
		}
	}
	return n
}

// Sort puts the problems in order: by path, place and message.
func (ps Problems) Sort() {
	slices.SortStableFunc(ps, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Msg, b.Msg))
	})
}
