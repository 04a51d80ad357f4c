package markdown

import "bytes"

var newline = []byte{'\n'}

// Bounds on a table. goldmark fills up every short row, so that a megabyte of
// text could ask for gigabytes of cells.
const (
	maxColumns = 100
	maxCells   = 50_000
)

// bigTable returns where in b a line stands that begins a table of more than
// maxColumns columns or maxCells cells, -1 if there is none. It takes for a
// table what may be one.
func bigTable(b []byte) int {
	for off := 0; off < len(b); {
		line, _, _ := bytes.Cut(b[off:], newline)
		next := off + len(line) + 1
		if columns := 1 + bytes.Count(line, []byte{'|'}); columns > 1 && len(bytes.Trim(line, "|:- \t>")) == 0 {
			rows := 0
			for at := next; at < len(b) && rows*columns <= maxCells; rows++ {
				row, _, _ := bytes.Cut(b[at:], newline)
				if len(bytes.Trim(row, " \t>")) == 0 {
					break
				}
				at += len(row) + 1
			}
			if columns > maxColumns || rows*columns > maxCells {
				return off
			}
		}
		off = next
	}
	return -1
}

// maxFootnotes bounds footnotes and references to them: goldmark looks for each
// among all.
const maxFootnotes = 2000

// maxNesting bounds blocks inside blocks, such as quotes in quotes.
const maxNesting = 64

// deepBlock returns where in b a line stands that is inside more than
// maxNesting blocks, by its own signs and by its indentation, -1 if there is
// none. Each level costs every line after it.
func deepBlock(b []byte) int {
	for off := 0; off < len(b); {
		line, _, _ := bytes.Cut(b[off:], newline)
		if len(line) > maxNesting {
			opens, columns := 0, 0
		scan:
			for _, c := range line {
				switch c {
				case '>', '-', '*', '+', ':', '.', ')':
					opens++
				case '\t':
					columns += 4
				case ' ':
					columns++
				case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
				default:
					break scan
				}
			}
			if opens > 0 && opens+columns/2 > maxNesting && !isRule(line) {
				return off
			}
		}
		off += len(line) + 1
	}
	return -1
}

// Bounds on one paragraph, list or table, up to a blank line: goldmark looks
// from each bracket on for what would make it a link.
const (
	maxBrackets   = 2000
	maxBlockBytes = 256 << 10
)

// denseBlock returns where in b a block begins that is past these bounds, -1
// if there is none.
func denseBlock(b []byte) int {
	if len(b) <= maxBlockBytes && bytes.Count(b, []byte{'['}) <= maxBrackets {
		return -1
	}
	start, brackets := 0, 0
	for off := 0; off < len(b); {
		line, _, _ := bytes.Cut(b[off:], newline)
		next := off + len(line) + 1
		if len(bytes.Trim(line, " \t>")) == 0 {
			start, brackets = next, 0
		} else if brackets += bytes.Count(line, []byte{'['}); brackets > maxBrackets || next-start > maxBlockBytes {
			return start
		}
		off = next
	}
	return -1
}

// isRule reports whether a line is all of one sign: a rule or an underline.
func isRule(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) > 0 && (line[0] == '-' || line[0] == '*') && len(bytes.Trim(line, string(line[:1])+" \t")) == 0
}
