package text

import (
	"strings"

	"casebook/content/lexical"
)

// american brings an English word to American spelling, so that organisation
// and organization, behaviour and behavior, centre and center are one word.
// The rules also change some words that have no other spelling, such as
// exercise; that they are changed everywhere does no harm.
func american(w string) string {
	if len(w) < 5 || !lexical.IsASCII(w) {
		return w
	}
	if i := strings.Index(w, "our"); i > 1 && strings.ContainsAny(w[:i-1], vowels) && strings.IndexByte("bdgilmnpv", w[i-1]) >= 0 {
		w = w[:i] + "or" + w[i+3:] // behaviour, neighbours, coloured; not hour, source, tournament
	}
	for _, e := range endings {
		base, ok := strings.CutSuffix(w, e.british)
		switch {
		case !ok:
			continue
		case e.verb && !takesIze(base):
			return w
		}
		return base + e.american
	}
	return w
}

// endings are tried in order.
var endings = []struct {
	british, american string
	verb              bool // only where takesIze
}{
	{"practise", "practice", false}, {"practised", "practiced", false}, {"practising", "practicing", false},
	{"isation", "ization", true}, {"isations", "izations", true}, {"isational", "izational", true}, {"isable", "izable", true},
	{"ise", "ize", true}, {"ised", "ized", true}, {"ises", "izes", true}, {"iser", "izer", true}, {"isers", "izers", true}, {"ising", "izing", true},
	{"lyze", "lyse", false}, {"lyzed", "lysed", false}, {"lyzes", "lyses", false}, {"lyzer", "lyser", false}, {"lyzers", "lysers", false}, {"lyzing", "lysing", false}, // as analysis
	{"centre", "center", false}, {"centres", "centers", false}, {"centred", "centered", false},
	{"theatre", "theater", false}, {"theatres", "theaters", false}, {"fibre", "fiber", false}, {"fibres", "fibers", false},
	{"metre", "meter", false}, {"metres", "meters", false}, {"litre", "liter", false}, {"litres", "liters", false},
	{"gramme", "gram", false}, {"grammes", "grams", false},
	{"efence", "efense", false}, {"efences", "efenses", false}, {"offence", "offense", false}, {"offences", "offenses", false},
	{"licence", "license", false}, {"licences", "licenses", false}, {"judgement", "judgment", false}, {"judgements", "judgments", false},
}

const vowels = "aeiouy"

// takesIze reports whether a word that ends in -ise after base is one of those
// that are also written with -ize. Organ-ise is; rise, precise, appraise and
// supervise are not.
func takesIze(base string) bool {
	n := 0
	for _, c := range base {
		if strings.ContainsRune(vowels, c) {
			n++
		}
	}
	return n >= 2 && !strings.ContainsAny(base[len(base)-1:], vowels+"v") && base != "advert" && base != "circumc"
}
