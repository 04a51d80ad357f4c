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

// Every ending and letter of the rules, in a word that has it.
func TestAmericanRules(t *testing.T) {
	for british, want := range pairs(`
		labour labor, splendour splendor, vigour vigor, behavioural behavioral, colours colors, humour humor, honourable honorable, vapour vapor, favourite favorite, odours odors,
		practise practice, practised practiced, practising practicing,
		organisation organization, organisations organizations, organisational organizational, recognisable recognizable,
		organise organize, organised organized, organises organizes, organiser organizer, organisers organizers, organising organizing,
		analyze analyse, analyzed analysed, analyzes analyses, analyzer analyser, analyzers analysers, analyzing analysing,
		centre center, centres centers, centred centered, theatre theater, theatres theaters, fibre fiber, fibres fibers,
		kilometre kilometer, kilometres kilometers, litre liter, litres liters, programme program, programmes programs,
		defence defense, defences defenses, offence offense, offences offenses, licence license, licences licenses, judgement judgment, judgements judgments`) {
		if got := american(british); got != want {
			t.Errorf("american(%q) = %q, want %q", british, got, want)
		}
	}
	// Too short, without a vowel before it, with another letter before it, or -ise behind a vowel, v or one syllable.
	for _, w := range strings.Fields("our ise ourselves flour flourish hour pour journey courier precour raise praised appraise disguise revise supervised promise promised premises advertised circumcise circumcised circumcision wise chaise") {
		if got := american(w); got != w {
			t.Errorf("american(%q) = %q", w, got)
		}
	}
}

// pairs reads "a b, c d".
func pairs(s string) map[string]string {
	m := make(map[string]string)
	for pair := range strings.SplitSeq(s, ",") {
		f := strings.Fields(pair)
		m[f[0]] = f[1]
	}
	return m
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
