package definitions

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"casebook/content"
	"casebook/content/source"
)

// checkBroader takes away broader terms that do not exist.
func (vr *vocabularyReader) checkBroader() {
	for i, t := range vr.terms {
		for j, b := range t.Broader {
			if vr.byID[b] == nil {
				vr.Node(vr.nodes[i].broader[j], content.Error, "unknown-term", fmt.Sprintf("the broader term %s of %s does not exist", source.Quote(b), t.ID), vr.read.DidYouMean(b))
			}
		}
		t.Broader = slices.DeleteFunc(t.Broader, func(b string) bool { return vr.byID[b] == nil })
	}
}

// breakCycles reports each broader term that leads back to where it came from
// and takes it away. It goes depth first, with a stack of its own: a chain may
// be as long as the vocabulary.
func (vr *vocabularyReader) breakCycles() {
	const (
		unseen = iota
		open
		closed
	)
	state := make(map[string]int, len(vr.terms))
	places := make(map[string]*yaml.Node, len(vr.terms))
	for i, t := range vr.terms {
		places[t.ID] = vr.nodes[i].id
	}
	type frame struct {
		t    *content.Term
		next int
	}
	for _, start := range vr.terms {
		if state[start.ID] != unseen {
			continue
		}
		stack := []frame{{t: start}}
		state[start.ID] = open
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.next == len(f.t.Broader) {
				state[f.t.ID] = closed
				stack = stack[:len(stack)-1]
				continue
			}
			b := f.t.Broader[f.next]
			switch state[b] {
			case unseen:
				f.next++
				state[b] = open
				stack = append(stack, frame{t: vr.byID[b]})
			case closed:
				f.next++
			case open:
				chain := []string{b}
				for i := len(stack) - 1; i >= 0 && stack[i].t.ID != b; i-- {
					chain = append(chain, stack[i].t.ID)
				}
				slices.Reverse(chain[1:])
				if chain = append(chain, b); len(chain) > 8 {
					chain = append(append(chain[:4], "…"), b)
				}
				vr.Node(places[f.t.ID], content.Error, "term-cycle", "broader terms lead in a circle: "+strings.Join(chain, " → "), "take one of them away")
				f.t.Broader = slices.Delete(f.t.Broader, f.next, f.next+1)
			}
		}
	}
}

// checkCountries checks that the countries of the terms are terms of another
// vocabulary.
func (vr *vocabularyReader) checkCountries(of *Terms) {
	if of.Missing {
		return
	}
	for i, t := range vr.terms {
		for j, c := range t.Countries {
			if _, ok := of.Term(c); !ok {
				vr.Node(vr.nodes[i].countries[j], content.Error, "unknown-term", fmt.Sprintf("vocabulary %s has no term %s", of.Name, source.Quote(c)), of.DidYouMean(c))
			}
		}
	}
}
