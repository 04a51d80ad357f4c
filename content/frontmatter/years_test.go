package frontmatter

import (
	"fmt"
	"testing"

	"casebook/content"
)

func TestParseYears(t *testing.T) {
	tests := []struct {
		s         string
		want      content.Years
		what, fix string
	}{
		{"2014", content.Years{From: 2014, To: 2014}, "", ""},
		{"2014-2019", content.Years{From: 2014, To: 2019}, "", ""},
		{"2014-2014", content.Years{From: 2014, To: 2014}, "", ""},
		{"2007-", content.Years{From: 2007, To: 2026, Open: true}, "", ""},
		{"2026-", content.Years{From: 2026, To: 2026, Open: true}, "", ""},
		{"1000-1300", content.Years{From: 1000, To: 1300}, "", ""},
		{"2200", content.Years{From: 2200, To: 2200}, "", ""},
		{"2201", content.Years{}, `years are from 1000 to 2200, not "2201"`, ""},
		{"1000-1301", content.Years{}, `"1000-1301" is longer than 300 years`, ""},
		{"2019-2014", content.Years{}, `"2019-2014" ends before it begins`, "did you mean 2014-2019?"},
		{"2027-", content.Years{}, `"2027-" begins in the future`, ""},
		{"1500-", content.Years{}, `"1500-" is longer than 300 years`, ""},
		{"2014–2019", content.Years{}, `"2014–2019" is not a year or a span of years`, "write 2014-2019"},
		{"2014 to 2019", content.Years{}, `"2014 to 2019" is not a year or a span of years`, "write 2014-2019"},
		{"2014 -", content.Years{}, `"2014 -" is not a year or a span of years`, "write 2014-"},
		{"2014-19", content.Years{}, `"2014-19" is not a year or a span of years`, "write 2014-2019"},
		{"2014-13", content.Years{}, `"2014-13" is not a year or a span of years`, "write 2014, 2014-2019 or 2007-"},
		{"-2014", content.Years{}, `"-2014" is not a year or a span of years`, "write 2014, 2014-2019 or 2007-"},
		{"2014-2015-2016", content.Years{}, `"2014-2015-2016" is not a year or a span of years`, "write 2014, 2014-2019 or 2007-"},
		{"+2014", content.Years{}, `"+2014" is not a year or a span of years`, "write 2014, 2014-2019 or 2007-"},
		{"٢٠١٤", content.Years{}, `"٢٠١٤" is not a year or a span of years`, "write 2014, 2014-2019 or 2007-"},
		{"", content.Years{}, `"" is not a year or a span of years`, "write 2014, 2014-2019 or 2007-"},
	}
	for _, tt := range tests {
		got, what, fix := parseYears(tt.s, 2026)
		if got != tt.want || what != tt.what || fix != tt.fix {
			t.Errorf("parseYears(%q) = %v, %q, %q; want %v, %q, %q", tt.s, got, what, fix, tt.want, tt.what, tt.fix)
		}
	}
	if got, _, _ := parseYears("2007-", 0); got != (content.Years{From: 2007, To: 2007, Open: true}) {
		t.Errorf("without a day of today: %v", got)
	}
}

// FuzzYears: what is read prints as it was written, is in bounds, and is a
// problem otherwise.
func FuzzYears(f *testing.F) {
	for _, s := range []string{"2014", "2014-2019", "2007-", "2019-2014", "14-19", "2014–2019", "9999", "2014--"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		y, what, _ := parseYears(s, 2026)
		if what != "" {
			if y != (content.Years{}) {
				t.Errorf("parseYears(%q) = %v with problem %q", s, y, what)
			}
			return
		}
		print := fmt.Sprintf("%d-%d", y.From, y.To)
		switch {
		case y.Open:
			print = fmt.Sprintf("%d-", y.From)
		case len(s) == 4:
			print = fmt.Sprint(y.From)
		}
		if print != s || y.From < content.MinYear || y.To < y.From || y.To > content.MaxYear || y.To-y.From > content.MaxSpan {
			t.Errorf("parseYears(%q) = %v, which prints as %q", s, y, print)
		}
	})
}
