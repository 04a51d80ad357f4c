package content_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/content"
)

// The table of pages says of the shipped pages what the pages themselves say.
func TestPageTable(t *testing.T) {
	lib := loadShipped(t)
	table := lib.Table()
	again, err := content.OpenPageTable(lib.Schema, table.Data())
	if err != nil || !reflect.DeepEqual(again, table) {
		t.Errorf("the table of pages is not the same when opened again: %v", err)
	}
	var pages []*content.Page
	for p, err := range lib.All() {
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p)
	}
	kinds, mentioned := map[string]int{}, 0
	for i, p := range pages {
		if place, ok := lib.Place(p.ID); place != i || !ok || lib.ID(i) != p.ID {
			t.Fatalf("%s is at place %d, %v", p.ID, place, ok)
		}
		if table.Kind(i) != p.Kind || !table.Reviewed(i).Equal(p.Reviewed) || !slices.Equal(table.Langs(i), p.Langs()) {
			t.Errorf("%s: %s, %v, %v", p.ID, table.Kind(i).ID, table.Reviewed(i), table.Langs(i))
		}
		kinds[p.Kind.ID]++
		var below []string
		citing := map[string]bool{}
		for _, q := range pages {
			if q.Parent == p.ID {
				below = append(below, q.ID)
			}
			for _, f := range q.Kind.Fields {
				for _, v := range q.Values(f.Name) {
					above, _ := lib.Page(v.Page)
					if f.Type == content.TypePage && f.Name != q.Kind.Parent && v.Given && (v.Page == p.ID || above != nil && above.Parent == p.ID) {
						citing[q.ID] = true
					}
				}
			}
		}
		var got []string
		for _, c := range table.Children(i) {
			got = append(got, lib.ID(int(c)))
		}
		if !slices.Equal(got, below) {
			t.Errorf("below %s are %q, not %q", p.ID, got, below)
		}
		if n := table.Citing(i); n != len(citing) {
			t.Errorf("%d pages refer to %s, not %d", n, p.ID, len(citing))
		}
		for m := range table.Mentions(i) {
			mentioned++
			if !slices.ContainsFunc(pages[m.From].Values(m.Field), func(v content.Value) bool { return v.Page == p.ID && v.Given }) {
				t.Errorf("%s does not name %s in %s", pages[m.From].ID, p.ID, m.Field)
			}
		}
		if roots := table.Roots(p.Kind.ID); slices.Contains(roots, uint32(i)) != (p.Parent == "") {
			t.Errorf("%s among the roots: %v", p.ID, p.Parent != "")
		}
	}
	for _, k := range lib.Schema.Kinds {
		if table.PerKind(k.ID) != kinds[k.ID] {
			t.Errorf("%d pages of kind %s, not %d", table.PerKind(k.ID), k.ID, kinds[k.ID])
		}
	}
	if mentioned < 100 {
		t.Errorf("only %d references", mentioned)
	}
	if place, ok := lib.Place("zzz"); ok || place != lib.Len() {
		t.Errorf("zzz is at %d, %v", place, ok)
	}
}

// Arrays that point nowhere are an error.
func TestPageTableDamaged(t *testing.T) {
	lib := loadShipped(t)
	good := lib.Table().Data()
	for i, damage := range []func(d *content.PageTableData){
		func(d *content.PageTableData) { d.Kinds = replaced(d.Kinds, 99) },
		func(d *content.PageTableData) { d.Parents = replaced(d.Parents, 1<<30) },
		func(d *content.PageTableData) { d.Parents = replaced(d.Parents, 1) },                                    // above itself
		func(d *content.PageTableData) { d.Parents = replaced(d.Parents, 2); d.Parents[1], d.Parents[2] = 3, 2 }, // two above each other
		func(d *content.PageTableData) { d.Langs = replaced(d.Langs, 1<<30) },
		func(d *content.PageTableData) { d.Off = replaced(d.Off, 7) },
		func(d *content.PageTableData) { d.Off = d.Off[:5] },
		func(d *content.PageTableData) { d.From = replaced(d.From, 1<<30) },
		func(d *content.PageTableData) { d.In = replaced(d.In, 99) },
		func(d *content.PageTableData) { d.In = nil },
		func(d *content.PageTableData) { d.Reviewed = nil },
	} {
		d := good
		damage(&d)
		if _, err := content.OpenPageTable(lib.Schema, d); err == nil {
			t.Errorf("damage %d is not noticed", i)
		}
	}
}

func replaced(list []uint32, first uint32) []uint32 {
	list = slices.Clone(list)
	list[0] = first
	return list
}

// madeTable is the table of six pages: a book with two chapters, one of which
// has a page below it, and two notes that refer to them.
func madeTable(t *testing.T) (*content.Library, *content.PageTable) {
	t.Helper()
	page := func(name string) *content.Field { return &content.Field{Name: name, Type: content.TypePage} }
	schema := content.NewSchema([]*content.Kind{
		{ID: "note", Fields: []*content.Field{page("sees"), page("uses"), {Name: "text", Type: content.TypeText}}},
		{ID: "part", Parent: "up", Fields: []*content.Field{page("up"), page("sees")}},
	})
	note, part := schema.Kinds[0], schema.Kinds[1]
	refs := func(ids ...string) (list []content.Value) {
		for _, id := range ids {
			id, follows := strings.CutPrefix(id, "+")
			list = append(list, content.Value{ID: id, Page: id, Given: !follows})
		}
		return list
	}
	day := func(s string) time.Time {
		d, err := time.Parse("2006-01-02", s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	pages := memory{
		{ID: "a", Kind: part, Lang: "en", Reviewed: day("2026-05-04")},
		{ID: "a1", Kind: part, Lang: "fr", Parent: "a", Fields: map[string][]content.Value{"up": refs("a")}},
		{ID: "a2", Kind: part, Lang: "en", Parent: "a", Fields: map[string][]content.Value{"up": refs("a"), "sees": refs("a1")}, Reviewed: day("0001-01-02")},
		{ID: "a2x", Kind: part, Lang: "en", Parent: "a2"},
		{ID: "n1", Kind: note, Lang: "en", Fields: map[string][]content.Value{"sees": refs("a2x", "+a"), "uses": refs("a2x", "none")}, Translations: map[string]*content.Page{"fr": {}, "ar": {}}},
		{ID: "n2", Kind: note, Lang: "en", Parent: "gone", Fields: map[string][]content.Value{"sees": refs("a", "n1"), "text": refs("a")}},
	}
	lib := content.NewLibrary(&content.Library{Schema: schema}, pages, nil)
	return lib, lib.Table()
}

func TestPageTableOfSixPages(t *testing.T) {
	lib, table := madeTable(t)
	name := func(place int) string { return lib.ID(place) }
	for i, want := range []string{
		"part of -: [a1 a2] cited by 3, n2 sees",
		"part of a: [] cited by 1, a2 sees",
		"part of a: [a2x] cited by 1",
		"part of a2: [] cited by 1, n1 sees, n1 uses",
		"note of -: [] cited by 1, n2 sees",
		"note of -: [] cited by 0",
	} {
		above := "-"
		if place, ok := table.Parent(i); ok {
			above = name(place)
		}
		var below []string
		for _, c := range table.Children(i) {
			below = append(below, name(int(c)))
		}
		got := fmt.Sprintf("%s of %s: %v cited by %d", table.Kind(i).ID, above, below, table.Citing(i))
		for m := range table.Mentions(i) {
			got += ", " + name(m.From) + " " + m.Field
		}
		if got != want {
			t.Errorf("%s is a %s\nwant %s", name(i), got, want)
		}
	}
	for range table.Mentions(3) {
		break // who has enough is not called again
	}
	if fmt.Sprint(table.Roots("part"), table.Roots("note"), table.Roots("none"), table.PerKind("part"), table.PerKind("note"), table.PerKind("none")) != "[0] [4 5] [] 4 2 0" {
		t.Errorf("roots %v %v, %d parts", table.Roots("part"), table.Roots("note"), table.PerKind("part"))
	}
	if fmt.Sprint(table.Langs(0), table.Langs(1), table.Langs(4), table.Languages()) != "[en] [fr] [en ar fr] [ar en fr]" {
		t.Errorf("languages %v", table.Languages())
	}
	if got := table.Reviewed(0).Format(time.DateOnly) + table.Reviewed(2).Format(" "+time.DateOnly); got != "2026-05-04 0001-01-02" || !table.Reviewed(1).IsZero() {
		t.Errorf("reviewed %s, %v", got, table.Reviewed(1))
	}
}

// Whoever makes a table hears of a page that can't be read.
func TestPageTableOfUnreadablePages(t *testing.T) {
	lib, _ := madeTable(t)
	asked := 0
	_, err := content.MakePageTable(lib, func(place int) (*content.Page, error) {
		if asked++; place == 2 {
			return nil, errBroken
		}
		return lib.At(place)
	})
	if err != errBroken || asked != 3 {
		t.Errorf("%v after %d pages", err, asked)
	}
}

// Trees are sound, and pages above each other in a circle are not.
func TestPageTableCircles(t *testing.T) {
	for _, tt := range []struct {
		parents []uint32
		sound   bool
	}{
		{nil, true}, {[]uint32{0}, true}, {[]uint32{1}, false}, {[]uint32{2, 0}, true}, {[]uint32{2, 1}, false}, {[]uint32{0, 1, 2, 3}, true}, {[]uint32{4, 0, 2, 3}, true},
		{[]uint32{2, 3, 4, 2}, false}, {[]uint32{0, 1, 1, 1}, true}, {[]uint32{5, 0, 0, 0}, false},
	} {
		n := len(tt.parents)
		schema := content.NewSchema([]*content.Kind{{ID: "note"}})
		_, err := content.OpenPageTable(schema, content.PageTableData{
			Kinds: make([]uint32, n), Parents: tt.parents, Reviewed: make([]uint32, n), Langs: make([]uint32, n), LangSets: []string{"en"}, Off: make([]uint32, n+1),
		})
		if (err == nil) != tt.sound {
			t.Errorf("%v: %v", tt.parents, err)
		}
	}
}
