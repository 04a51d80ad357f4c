package content_test

import (
	"errors"
	"testing"

	"casebook/content"
)

// A memory is a store of pages.
type memory []*content.Page

func (m memory) Len() int                              { return len(m) }
func (m memory) ID(place int) string                   { return m[place].ID }
func (m memory) Page(place int) (*content.Page, error) { return m[place], nil }

// A brokenStore can't give its second page.
type brokenStore struct{ memory }

var errBroken = errors.New("broken")

func (s brokenStore) Page(place int) (*content.Page, error) {
	if place == 1 {
		return nil, errBroken
	}
	return s.memory.Page(place)
}

// A page that isn't there and one that can't be read are told apart.
func TestLibraryTellsMissingFromUnreadable(t *testing.T) {
	lib := content.NewLibrary(&content.Library{Schema: &content.Schema{}}, brokenStore{memory{{ID: "a"}, {ID: "b"}, {ID: "c"}}}, nil)
	for _, tt := range []struct {
		id  string
		has bool
		err error
	}{{"a", true, nil}, {"b", true, errBroken}, {"c", true, nil}, {"", false, content.ErrNoPage}, {"aa", false, content.ErrNoPage}, {"d", false, content.ErrNoPage}} {
		p, err := lib.Page(tt.id)
		if err != tt.err || (err == nil) != (p != nil) || p != nil && p.ID != tt.id {
			t.Errorf("Page(%q) = %v, %v; want the error %v", tt.id, p, err, tt.err)
		}
		if lib.Has(tt.id) != tt.has {
			t.Errorf("Has(%q) = %v", tt.id, !tt.has)
		}
	}
	var got []string
	for p, err := range lib.All() {
		if err != nil {
			got = append(got, err.Error())
		} else {
			got = append(got, p.ID)
		}
	}
	if len(got) != 3 || got[0] != "a" || got[1] != "broken" || got[2] != "c" {
		t.Errorf("All gives %q", got)
	}
	for range lib.All() {
		break // a loop that ends early ends the iteration
	}
}
