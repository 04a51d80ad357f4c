package results

import (
	"casebook/search"
	"casebook/server/address"
)

// A Sort is an order to choose.
type Sort struct {
	ID     string
	Label  string
	Chosen bool
}

// sorts lists the orders to choose from.
func (r reader) sorts(q search.Query) []Sort {
	var views []Sort
	for _, id := range address.SortNames(r.Library.Schema) {
		v := Sort{ID: id, Chosen: id == q.Sort}
		switch id {
		case address.Relevance:
			if q.Browsing() {
				continue // newest review stands for it
			}
			v.ID, v.Chosen = "", q.Sort == ""
			v.Label = r.Words.T("sort.relevance")
		case "reviewed":
			if q.Browsing() {
				v.ID, v.Chosen = "", q.Sort == "" || q.Sort == id
			}
			v.Label = r.Words.T("sort.reviewed")
		case "title":
			v.Label = r.Words.T("sort.title")
		default:
			if !r.Library.Schema.IsFacet(id) {
				continue // orders that say nothing across kinds: the API has them
			}
			v.Label = r.FieldLabel(id).Text
		}
		views = append(views, v)
	}
	return views
}
