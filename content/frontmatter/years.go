package frontmatter

import (
	"fmt"
	"strconv"
	"strings"

	"casebook/content"
	"casebook/content/source"
)

// parseYears reads 2014, 2014-2019 or 2007-. thisYear is the end of an open
// span, 0 if it isn't known. Where s is none of these, what says why and fix
// what would be right, "" if that can't be guessed.
func parseYears(s string, thisYear int) (y content.Years, what, fix string) {
	const forms = "write 2014, 2014-2019 or 2007-"
	from, to, span := strings.Cut(s, "-")
	if y.From = year(from); y.From == 0 {
		if plain := plainYears(s); plain != s {
			if _, what, _ := parseYears(plain, thisYear); what == "" {
				return content.Years{}, source.Quote(s) + " is not a year or a span of years", "write " + plain
			}
		}
		return content.Years{}, source.Quote(s) + " is not a year or a span of years", forms
	}
	switch {
	case !span:
		y.To = y.From
	case to == "":
		y.Open, y.To = true, thisYear
		if thisYear == 0 {
			y.To = y.From
		}
	default:
		if y.To = year(to); y.To == 0 {
			fix := forms
			if len(to) == 2 && year(from[:2]+to) > y.From {
				fix = "write " + from + "-" + from[:2] + to
			}
			return content.Years{}, source.Quote(s) + " is not a year or a span of years", fix
		}
	}
	switch {
	case y.From < content.MinYear || y.To > content.MaxYear:
		return content.Years{}, fmt.Sprintf("years are from %d to %d, not %s", content.MinYear, content.MaxYear, source.Quote(s)), ""
	case y.To < y.From && y.Open:
		return content.Years{}, fmt.Sprintf("%s begins in the future", source.Quote(s)), ""
	case y.To < y.From:
		return content.Years{}, source.Quote(s) + " ends before it begins", fmt.Sprintf("did you mean %d-%d?", y.To, y.From)
	case y.To-y.From > content.MaxSpan:
		return content.Years{}, fmt.Sprintf("%s is longer than %d years", source.Quote(s), content.MaxSpan), ""
	}
	return y, "", ""
}

// year reads four digits; 0 if s is anything else.
func year(s string) int {
	if len(s) != 4 || strings.Trim(s, "0123456789") != "" {
		return 0
	}
	n, _ := strconv.Atoi(s)
	return n
}

// plainYears replaces what word processors and habits put into spans.
func plainYears(s string) string {
	return strings.NewReplacer("–", "-", "—", "-", "‑", "-", "−", "-", " to ", "-", "/", "-", " ", "").Replace(s)
}
