package search

import (
	"fmt"
	"reflect"
	"testing"
)

func TestChangesAreCopies(t *testing.T) {
	original := func() Query { return Parse("a b OR c -d topic:a1 period:2015", topics{}) }
	q := original()
	changes := map[string]func() Query{
		"Toggle on":     func() Query { return q.Toggle("topic", "b2") },
		"Toggle off":    func() Query { return q.Toggle("topic", "a1") },
		"Only":          func() Query { return q.Only("topic", "b2") },
		"SetFilter":     func() Query { return q.SetFilter(Filter{Field: "period", From: 2001}) },
		"Without":       func() Query { return q.Without("topic") },
		"ClearFilters":  func() Query { return q.ClearFilters() },
		"WithText":      func() Query { return q.WithText("x topic:b2", topics{}) },
		"WithPage":      func() Query { return q.WithPage(3) },
		"WithSort":      func() Query { return q.WithSort("title") },
		"WithSize":      func() Query { return q.WithSize(5) },
		"WithLang":      func() Query { return q.WithLang("fr") },
		"WithLiteral":   func() Query { return q.WithLiteral(true) },
		"WithoutWords":  func() Query { return q.WithoutWords() },
		"WithValue new": func() Query { return q.WithValue("aaa", "x") },
		"ReplaceWords":  func() Query { return q.ReplaceWords(map[string]string{"a": "x", "c": "y"}) },
	}
	for name, change := range changes {
		c := change()
		if reflect.DeepEqual(c, q) {
			t.Errorf("%s changes nothing", name)
		}
		scribble(c)
		if !reflect.DeepEqual(q, original()) {
			t.Fatalf("%s shares a slice with its original: %v %v", name, q, q.Notes)
		}
	}
}

// scribble writes over all that q's slices hold.
func scribble(q Query) {
	clause := func(c Clause) {
		for i := range c.Words {
			c.Words[i] = "scribble"
		}
	}
	for i, f := range q.Filters {
		for j := range f.Values {
			f.Values[j] = "scribble"
		}
		q.Filters[i].Field = "scribble"
	}
	for i, g := range q.Groups {
		for j, c := range g.Any {
			clause(c)
			g.Any[j].Field = "scribble"
		}
		q.Groups[i].Any = nil
	}
	for i, c := range q.Not {
		clause(c)
		q.Not[i].Field = "scribble"
	}
	for i := range q.Notes {
		q.Notes[i].Arg = "scribble"
	}
}

// Whatever changes the answer goes to page 1; what doesn't stays there.
func TestChangesGoToPageOne(t *testing.T) {
	q := Parse("a topic:a1 period:2015", topics{})
	q.Page, q.Size, q.Lang, q.Sort, q.Literal = 4, 20, "en", "title", false
	for _, tt := range []struct {
		name string
		got  Query
		page int
	}{
		{"a value", q.WithValue("topic", "b2"), 1},
		{"a value that is there", q.WithValue("topic", "a1"), 1},
		{"a value less", q.Toggle("topic", "a1"), 1},
		{"one value", q.Only("topic", "b2"), 1},
		{"years", q.SetFilter(Filter{Field: "period", To: 2001}), 1},
		{"a facet less", q.Without("topic"), 1},
		{"no filters", q.ClearFilters(), 1},
		{"words", q.WithText("b", nil), 1},
		{"other words", q.ReplaceWords(map[string]string{"a": "b"}), 1},
		{"size", q.WithSize(50), 1},
		{"order", q.WithSort(""), 1},
		{"literal", q.WithLiteral(true), 1},
		{"language", q.WithLang("fr"), 4},
		{"page", q.WithPage(2), 2},
	} {
		if tt.got.Page != tt.page {
			t.Errorf("%s: page %d, want %d", tt.name, tt.got.Page, tt.page)
		}
	}
}

func TestPageAndSizeAreBounded(t *testing.T) {
	var q Query
	for n, want := range map[int]int{-3: 1, 0: 1, 1: 1, 2: 2, 99999: 99999} {
		if got := q.WithPage(n).Page; got != want {
			t.Errorf("WithPage(%d): page %d, want %d", n, got, want)
		}
	}
	for n, want := range map[int]int{-3: 0, 0: 0, 1: 1, MaxSize: MaxSize, MaxSize + 1: MaxSize} {
		if got := q.WithSize(n).Size; got != want {
			t.Errorf("WithSize(%d): size %d, want %d", n, got, want)
		}
	}
}

// Changed filters are the same value as if they had been chosen so from the start.
func TestChangedFilters(t *testing.T) {
	q := Query{Page: 1}.WithValue("topic", "b2").WithValue("topic", "a1").SetFilter(Filter{Field: "period", From: 2015})
	period, topic := Filter{Field: "period", From: 2015}, Filter{Field: "topic", Values: []string{"a1", "b2"}}
	for _, tt := range []struct {
		name string
		got  Query
		want []Filter
	}{
		{"chosen", q, []Filter{period, topic}},
		{"chosen again", q.WithValue("topic", "b2"), []Filter{period, topic}},
		{"toggled off", q.Toggle("topic", "b2"), []Filter{period, {Field: "topic", Values: []string{"a1"}}}},
		{"only one", q.Only("topic", "c3"), []Filter{period, {Field: "topic", Values: []string{"c3"}}}},
		{"set to nothing", q.SetFilter(Filter{Field: "topic"}), []Filter{period}},
		{"set in no order, one twice", q.SetFilter(Filter{Field: "topic", Values: []string{"z", "b", "z"}}), []Filter{period, {Field: "topic", Values: []string{"b", "z"}}}},
		{"set to other years", q.SetFilter(Filter{Field: "period", To: 1999}), []Filter{{Field: "period", To: 1999}, topic}},
		{"without one", q.Without("period"), []Filter{topic}},
		{"without one that is not there", q.Without("place"), []Filter{period, topic}},
		{"without either", q.Without("topic").Without("period"), nil},
		{"none", q.ClearFilters(), nil},
		{"words bring theirs", q.WithText("x topic:beta period:..2012", topics{}), []Filter{topic}},
		{"no words", q.WithoutWords(), []Filter{period, topic}},
	} {
		if !reflect.DeepEqual(tt.got.Filters, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, tt.got.Filters, tt.want)
		}
	}
	for field, want := range map[string]bool{"period": true, "topic": true, "place": false} {
		if f, ok := q.Filter(field); ok != want || f.IsZero() == want {
			t.Errorf("Filter(%q) = %v, %v; want there %v", field, f, ok, want)
		}
	}
	if !q.Has("topic", "a1") || q.Has("topic", "c3") || q.Has("a1", "topic") || q.Has("period", "2015") {
		t.Errorf("Has tells other values than those of %v", q.Filters)
	}
}

func TestWithText(t *testing.T) {
	q := Parse("a -b colour:red", nil).WithText("c -d topic:a1", topics{})
	want := Parse("c -d topic:a1", topics{})
	if !reflect.DeepEqual(q, want) {
		t.Errorf("other words give %+v, want %+v", q, want)
	}
	q = q.WithoutWords()
	if want := (Query{Filters: want.Filters, Page: 1, Size: DefaultSize}); !reflect.DeepEqual(q, want) {
		t.Errorf("no words give %+v, want %+v", q, want)
	}
}

func TestBrowsing(t *testing.T) {
	for text, want := range map[string]bool{"": true, "topic:a1": true, "a": false, "-a": false, "a -b": false, "...": true} {
		if got := Parse(text, topics{}).Browsing(); got != want {
			t.Errorf("Parse(%q).Browsing() = %v", text, got)
		}
	}
}

// Another spelling is the query as if it had been typed so.
func TestReplaceWords(t *testing.T) {
	by := map[string]string{"trail": "trial", "preventon": "prevention", "casebook": "case book", "chilren": "children"}
	for _, tt := range []struct{ text, want string }{
		{"trail", "trial"},
		{"the trail chilren", "the trial children"},
		{"title:trail", "title:trial"},
		{"a casebook b", "a case book b"},
		{"title:casebook", "title:case title:book"},
		{`"the trail"`, `"the trial"`},
		{`title:"trail preventon"`, `title:"trial prevention"`},
		{"trail OR chilren b", "trial OR children b"},
		{"-trail b", "b -trail"}, // what must not occur is no misspelling
		{"Trail", "Trail"},       // replaced as typed
		{"trails", "trails"},
		{"trail topic:a1", "topic:a1 trial"},
	} {
		got := Parse(tt.text, topics{}).ReplaceWords(by)
		if got.String() != tt.want || got.Text != got.Words() {
			t.Errorf("%s: %q, text %q; want %q", tt.text, got, got.Text, tt.want)
		}
		if again := Parse(tt.want, topics{}); !reflect.DeepEqual(got.Groups, again.Groups) {
			t.Errorf("%s: %v, want %v", tt.text, got.Groups, again.Groups)
		}
	}
	if got := Parse("trai*", nil).ReplaceWords(map[string]string{"trai": "tria"}).String(); got != "tria*" {
		t.Errorf("a prefix: %q, want tria*", got)
	}
}

func TestToggle(t *testing.T) {
	q := Query{Page: 4, Size: 20}
	q = q.Toggle("b", "2").Toggle("a", "9").Toggle("b", "1")
	want := []Filter{{Field: "a", Values: []string{"9"}}, {Field: "b", Values: []string{"1", "2"}}}
	if !reflect.DeepEqual(q.Filters, want) || q.Page != 1 {
		t.Errorf("filters %v, page %d, want %v and page 1", q.Filters, q.Page, want)
	}
	q = q.Toggle("b", "2").Toggle("b", "1")
	if _, ok := q.Filter("b"); ok || len(q.Filters) != 1 {
		t.Errorf("an empty filter stays: %v", q.Filters)
	}
	if got := q.Toggle("a", "9").Filters; len(got) != 0 {
		t.Errorf("toggled off: %v", got)
	}
}

func TestRangesMerge(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []Filter
	}{
		{"period:2012..2014 period:2016..2018", []Filter{{Field: "period", From: 2012, To: 2018}}},
		{"period:2012.. period:2010..2011", []Filter{{Field: "period", From: 2010}}},
		{"period:2012.. period:..2015", nil},
		{"period:2012..2014 period:2014..2013", []Filter{{Field: "period", From: 2012, To: 2014}}},
		{"period:2016..2018 period:2012..2014", []Filter{{Field: "period", From: 2012, To: 2018}}},
		{"period:2010..2011 period:2012..", []Filter{{Field: "period", From: 2010}}},
		{"period:..2012 period:2014..2015", []Filter{{Field: "period", To: 2015}}},
		{"period:2012..2014 period:..2010", []Filter{{Field: "period", To: 2014}}},
		{"period:..1 period:1..1", []Filter{{Field: "period", To: 1}}},
		{"period:1.. period:1..1", []Filter{{Field: "period", From: 1}}},
		{"topic:a1 period:2012.. period:..2015", []Filter{{Field: "topic", Values: []string{"a1"}}}},
		{"period:2012..2014 period:2020", []Filter{{Field: "period", Values: []string{"2020"}, From: 2012, To: 2014}}},
	} {
		if got := Parse(tt.text, topics{}).Filters; !reflect.DeepEqual(got, tt.want) {
			t.Errorf("Parse(%q).Filters = %v, want %v", tt.text, got, tt.want)
		}
	}
}

func TestManyValues(t *testing.T) {
	q := Query{Page: 1}.SetFilter(Filter{Field: "from", From: 2015}).SetFilter(Filter{Field: "to", To: 2015}) // two values
	for i := range MaxValues - 2 {
		q = q.WithValue(fmt.Sprintf("f%d", i%7), fmt.Sprint(i))
	}
	if !q.Has(fmt.Sprintf("f%d", (MaxValues-3)%7), fmt.Sprint(MaxValues-3)) || len(q.Notes) > 0 {
		t.Fatalf("the last value that fits is missing, or there are notes: %v", q.Notes)
	}
	full := q
	full.Page = 5
	more := full.WithValue("g", "x").WithValue("g", "y")
	want := q
	want.Notes = []Note{{Code: NoteManyValues}}
	if !reflect.DeepEqual(more, want) {
		t.Errorf("values past the bound: %v, page %d, notes %v; want page 1, one note and %v", more.Filters, more.Page, more.Notes, want.Filters)
	}
	if got := full.Toggle("g", "x"); got.Has("g", "x") {
		t.Error("Toggle took a value past the bound")
	}
	if got := full.WithValue("f0", "0"); !reflect.DeepEqual(got, q) {
		t.Errorf("a value that is there: %+v, want %+v", got, q)
	}
	if got, _ := full.SetFilter(Filter{Field: "to", Values: []string{"a", "b"}}).Filter("to"); !reflect.DeepEqual(got.Values, []string{"a"}) {
		t.Errorf("in place of one value: %v, want the first", got.Values)
	}
}

// Ranges of years count as values too; a query that holds more than fits takes no further value and does not panic.
func TestSetFilterPastTheBound(t *testing.T) {
	var q Query
	for i := range MaxValues + 5 {
		q.Filters = append(q.Filters, Filter{Field: fmt.Sprintf("f%03d", i), From: 2000})
	}
	got := q.SetFilter(Filter{Field: "g", Values: []string{"x"}})
	if f, ok := got.Filter("g"); ok && len(f.Values) > 0 {
		t.Errorf("a value past MaxValues was taken: %v", f)
	}
}
