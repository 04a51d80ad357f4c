package text

import (
	"slices"
	"strings"
	"testing"

	"casebook/content/lexical"
)

// Words that are spelt in two ways are one word, others stay apart.
func TestAmericanSpelling(t *testing.T) {
	l, err := NewLanguage("en")
	if err != nil {
		t.Fatal(err)
	}
	for british, american := range map[string]string{
		"organisation": "organization", "radicalised": "radicalized", "minimising": "minimizing", "realise": "realize", "synthesisers": "synthesizers",
		"behaviour": "behavior", "neighbours": "neighbors", "honourable": "honorable", "coloured": "colored", "odour": "odor", "tumours": "tumors",
		"centre": "center", "centres": "centers", "theatre": "theater", "fibres": "fibers", "programmes": "programs", "programme": "program",
		"defence": "defense", "offences": "offenses", "licence": "license", "practised": "practiced", "judgement": "judgment",
		"analyse": "analyze", "paralysed": "paralyzed", "analysers": "analyzers",
	} {
		if a, b := l.Stems(british), l.Stems(american); !slices.Equal(a, b) {
			t.Errorf("%s is %s, %s is %s", british, a, american, b)
		}
	}
	for _, w := range strings.Fields("supervise supervision precise rise promises hour source court tournament entrench fence advertise advertisement encourage revised appraise") {
		if got := american(w); got != w {
			t.Errorf("american(%q) = %q", w, got)
		}
	}
	for _, family := range [][]string{{"exercise", "exercised", "exercising"}, {"supervise", "supervision"}, {"analyse", "analysing", "analyzed"}, {"compromise", "compromised"}} {
		for _, w := range family {
			if a, b := l.Stems(w), l.Stems(family[0]); !slices.Equal(a, b) {
				t.Errorf("%s is %s, %s is %s", w, a, family[0], b)
			}
		}
	}
}

// What analysis makes of any word, it makes of that again.
func FuzzAnalyze(f *testing.F) {
	for _, s := range []string{"a-b c", "l’été", "U.N.", "打击x", "a\xffb", "'a' .b. -c-", "١٢٣ أ", "\u200da\u00ad"} {
		f.Add(s)
	}
	l := &Language{Code: undetermined}
	f.Fuzz(func(t *testing.T, s string) {
		for w := range lexical.Words(s) {
			a := l.analyze(s[w.Start:w.End])
			if again := lexical.FoldAccents(a.Whole); again != a.Whole {
				t.Errorf("%q is %q, and folded again %q", s[w.Start:w.End], a.Whole, again)
			}
		}
		Sentences(s)
	})
}
