package content_test

import (
	"reflect"
	"slices"
	"testing"

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
