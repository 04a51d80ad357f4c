package similar

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"casebook/content"
	"casebook/index/rank"
	"casebook/search"
)

// maxOwn bounds the values by which a page is compared with others.
const maxOwn = 64

// An ownValue is a value of the page that is compared with others.
type ownValue struct {
	facet  content.Facet // that of its field in the kind of the page
	id     string
	bits   *roaring.Bitmap // documents that have it
	idf    float32         // how telling it is to share it
	weight float32         // what it says beyond what follows from it; of all values, 1
	above  []int           // places of the values that follow from it
}

// ownValues returns the values by which a page, one document of which is doc,
// is compared with the others of its kin.
//
// What follows from a value counts once with it: to share a country is to
// share its region, which then adds nothing. A value is worth its idf less
// what the values are worth that follow from it.
func (x *Index) ownValues(p *content.Page, doc uint32, kin *roaring.Bitmap) []ownValue {
	pages := roaring.And(kin, x.docs.Originals)
	all := int(pages.GetCardinality())
	var own []ownValue
	for _, f := range p.Kind.Fields {
		facet := x.lib.FacetOf(f)
		c, ok := x.facets.Column(f.Name)
		if !ok || !likens(p.Kind, facet) {
			continue
		}
		for _, o := range c.Values(doc) {
			if len(own) == maxOwn {
				break
			}
			if facet.Type == content.FacetOfPages && !given(p, f.Name, c.IDs[o]) {
				continue // the page above one that is referred to
			}
			n := int(c.Docs(o).AndCardinality(pages))
			own = append(own, ownValue{facet: facet, id: c.IDs[o], bits: c.Docs(o), idf: rank.IDF(n, all)})
		}
	}
	order := make([]int, len(own)) // what follows comes first
	for i := range own {
		order[i] = i
		for j := range own {
			if follows(own, j, i) {
				own[i].above = append(own[i].above, j)
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(own[a].above), len(own[b].above)) })
	sum := float32(0)
	for _, i := range order {
		w := own[i].idf
		for _, j := range own[i].above {
			w -= own[j].weight
		}
		own[i].weight = max(0, w)
		sum += own[i].weight
	}
	if sum > 0 {
		for i := range own {
			own[i].weight /= sum
		}
	}
	return own
}

// given reports whether the value stands in the page's file.
func given(p *content.Page, field, id string) bool {
	return slices.ContainsFunc(p.Values(field), func(v content.Value) bool { return v.Given && v.ID == id })
}

// likens reports whether pages are alike if they share values of a field.
// Those of an ordered vocabulary are places on a scale, on which pages about
// quite different things may meet.
func likens(k *content.Kind, f content.Facet) bool {
	switch f.Type {
	case content.FacetOfTerms:
		return f.Vocabulary != nil && !f.Vocabulary.Ordered
	case content.FacetOfPages:
		return f.Name != k.Parent
	}
	return false
}

// follows reports whether own[a] follows from own[b]: it is a broader term of
// it, or holds it as its country, or is broader than a term that does.
func follows(own []ownValue, a, b int) bool {
	x, y := &own[a], &own[b]
	switch {
	case x.facet.Type != content.FacetOfTerms || y.facet.Type != content.FacetOfTerms:
		return false
	case x.facet.Field == y.facet.Field:
		return broaderThan(x, y)
	case x.facet.Field.From != y.facet.Name:
		return false
	}
	return slices.ContainsFunc(own, func(z ownValue) bool {
		return z.facet.Field == x.facet.Field && holds(&z, y) && (z.id == x.id || broaderThan(x, &z))
	})
}

func broaderThan(a, b *ownValue) bool {
	t, ok := b.facet.Vocabulary.Term(b.id)
	return ok && slices.Contains(t.Ancestors, a.id)
}

func holds(region, country *ownValue) bool {
	t, ok := region.facet.Vocabulary.Term(region.id)
	return ok && slices.Contains(t.Countries, country.id)
}

// sharedBy returns the values that a document has too, the most telling
// first, without those that follow from others of them.
func sharedBy(own []ownValue, doc uint32) []search.SharedValue {
	var has []int
	said := make([]bool, len(own))
	for i, v := range own {
		if v.bits.Contains(doc) {
			has = append(has, i)
			for _, j := range v.above {
				said[j] = true
			}
		}
	}
	has = slices.DeleteFunc(has, func(i int) bool { return said[i] })
	slices.SortStableFunc(has, func(a, b int) int { return cmp.Compare(own[b].idf, own[a].idf) })
	var shared []search.SharedValue
	for _, i := range has {
		shared = append(shared, search.SharedValue{Field: own[i].facet.Name, ID: own[i].id})
	}
	return shared
}
