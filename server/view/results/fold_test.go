package results

import (
	"slices"
	"strings"
	"testing"

	"casebook/server/internal/plaincorpus"
	"casebook/server/view"
)

func rowsOf(spec ...string) []Row {
	var rows []Row
	for i, s := range spec {
		id, chosen := strings.CutSuffix(s, "*")
		rows = append(rows, Row{ID: id, Label: view.Label{Text: id}, Checked: chosen, chosen: chosen, count: i + 1, size: 1})
	}
	return rows
}

func TestFold(t *testing.T) {
	r := ask(t, plaincorpus.New(t), "en")
	ten := []string{"a*", "b", "c", "d", "e", "f", "g", "h", "i", "j"}
	for _, tt := range []struct {
		name       string
		rows       []Row
		open, more string
	}{
		{"short", rowsOf("a", "b"), "a b", ""},
		{"the best filled and the chosen one stay, in their order", rowsOf(ten...), "a* e f g h i j", "b c d"},
		{"narrower values fold", nest("x", rowsOf(ten[1:]...)), "x+(b c d e f g h i j)", ""},
		{"but not around a chosen one", nest("x", rowsOf(ten...)), "x+open(a* b c d e f g h i j)", ""},
		{"three narrower ones are", append(nest("x", rowsOf("p", "q", "r")), rowsOf(ten[1:7]...)...), "x+(p q r) b c d e f g", ""},
		{"two narrower ones are not worth it", append(nest("x", rowsOf("p", "q")), rowsOf(ten[:7]...)...), "x(p q) b c d e f g", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows, more := r.fold(tt.rows)
			var folded string
			if more != nil {
				folded = outline(more.Rows)
				if more.N != size(more.Rows) {
					t.Errorf("says %d, folds %d", more.N, size(more.Rows))
				}
			}
			if tt.name == "two narrower ones are not worth it" {
				if !strings.Contains(outline(rows)+folded, "x(p q)") {
					t.Errorf("%s | %s", outline(rows), folded)
				}
				return
			}
			if outline(rows) != tt.open || folded != tt.more {
				t.Errorf("open %q, folded %q; want %q, %q", outline(rows), folded, tt.open, tt.more)
			}
		})
	}
}

func nest(id string, sub []Row) []Row {
	row := Row{ID: id, Label: view.Label{Text: id}, Sub: sub, size: 1 + size(sub)}
	row.chosen = slices.ContainsFunc(sub, func(r Row) bool { return r.chosen })
	return []Row{row}
}

// Of too many values the best filled stay, in their order and without what is below
// them, and all that hold a chosen one with what is below.
func TestTrim(t *testing.T) {
	rows := slices.Concat(rowsOf("a", "b"), nest("x", rowsOf("p", "q")), nest("y", rowsOf("r", "s*")), rowsOf("c"))
	for i, n := range []int{3, 9, 8, 1, 2} { // pages of a, b, x, y, c
		rows[i].count = n
	}
	for most, want := range map[int]string{0: "y(r s*)", 1: "b y(r s*)", 2: "b x y(r s*)", 3: "a b x y(r s*)", 9: "a b x y(r s*) c"} {
		got := trim(rows, most)
		if outline(got) != want || size(got) != len(strings.Fields(strings.NewReplacer("(", " ", ")", "").Replace(want))) {
			t.Errorf("at most %d: %s of size %d, want %s", most, outline(got), size(got), want)
		}
	}
	if outline(rows) != "a b x(p q) y(r s*) c" {
		t.Errorf("the rows themselves are %s", outline(rows))
	}
}
