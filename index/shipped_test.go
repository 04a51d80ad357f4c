package index

import (
	"slices"
	"strings"
	"testing"

	"casebook/search"
)

// What people call things, in the shipped content: each finds all of the
// pages, whatever the language of the reader and of the pages.
func TestShippedNames(t *testing.T) {
	s := shipped(t)
	nordic := []string{"denmark-aarhus-model", "finland-al-hol-policy", "norway-humanitarian-return-and-homemaker-conviction", "sweden-child-soldier-and-genocide-convictions"}
	denmark, tunisia := []string{"denmark-aarhus-model"}, []string{"tn-s17-border-control"}
	isil := []string{"ae-sawab-center", "unitad-iraq", "iq-nineveh-juvenile-committee"}
	hol := []string{"finland-al-hol-policy", "iq-jeddah1-al-amal-returns-from-al-hol", "sy-iq-detainee-transfer-2026"}
	boko := []string{"ng-operation-safe-corridor", "ne-goudoumaria-centre", "td-lake-province-returns"}
	shabaab := []string{"so-national-programme-disengaged-combatants", "ke-amnesty-2015-al-shabaab-returnees"}
	deprived := []string{"kz-citizenship-deprivation", "uk-begum-citizenship-deprivation"}
	moussalaha := []string{"ma-moussalaha"}
	for _, tt := range []struct {
		lang, words string
		want        []string
	}{
		{"en", "Nordic", nordic}, {"en", "Nordic countries", nordic}, {"fr", "pays nordiques", nordic}, {"ar", "بلدان الشمال الأوروبي", nordic},
		{"en", "Scandinavian", denmark}, {"fr", "scandinave", denmark}, {"en", "Benelux", []string{"belgium-deradex-prison-wings", "netherlands-terrorist-wings"}},
		{"en", "Danish", denmark}, {"fr", "danois", denmark}, {"ar", "دنماركي", denmark},
		{"en", "Tunisian", tunisia}, {"fr", "tunisien", tunisia}, {"fr", "tunisiennes", tunisia}, {"ar", "تونسي", tunisia},
		{"en", "Daesh", isil}, {"en", "Da’esh", isil}, {"en", "ISIS", isil}, {"en", "Islamic State", isil}, {"fr", "Daech", isil}, {"fr", "EIIL", isil},
		{"fr", "État islamique", isil}, {"ar", "داعش", isil}, {"ar", "الدولة الإسلامية", isil},
		{"en", "al-Hol", hol}, {"en", "al-Hawl", hol}, {"en", "Al Hol", hol}, {"en", "al-Houl", hol}, {"ar", "الهول", hol},
		{"en", "Boko Haram", boko}, {"en", "Boko-Haram", boko}, {"en", "Bokoharam", boko}, {"en", "boko haraam", boko}, {"ar", "بوكو حرام", boko},
		{"en", "al-Shabaab", shabaab}, {"en", "Al Shabab", shabaab}, {"en", "al-Shebab", shabaab}, {"fr", "Chabab", shabaab},
		{"en", "Moussalaha", moussalaha}, {"en", "Musalaha", moussalaha}, {"fr", "Mousalaha", moussalaha}, {"en", "Musalahah", moussalaha},
		{"en", "Jusan", []string{"kz-operation-zhusan"}}, {"en", "Rumieh", []string{"lb-prison-pve-roumieh"}},
		{"en", "PRR", []string{"unscr-2396/30"}},
		{"en", "citizenship stripping", deprived}, {"fr", "déchéance de nationalité", deprived}, {"ar", "سحب الجنسية", deprived},
	} {
		r := mustSearch(t, s, search.Parse(tt.words, s).WithLang(tt.lang).WithSize(100))
		for _, want := range tt.want {
			if !slices.ContainsFunc(r.Hits, func(h search.Hit) bool { return strings.HasSuffix(h.ID, "/"+want) }) {
				t.Errorf("%s: %s does not find %s among %d pages", tt.lang, tt.words, want, r.Total)
			}
		}
		if r.Total > 130 || r.Match != search.MatchAll && r.Total > 10 {
			t.Errorf("%s: %s finds %d pages, match %v", tt.lang, tt.words, r.Total, r.Match)
		}
	}
}

// However a document or one of its points is cited, it comes first.
func TestShippedReferences(t *testing.T) {
	s := shipped(t)
	for _, tt := range []struct{ lang, words, want string }{
		{"en", "UNSCR 2178 paragraph 5", "unscr-2178/05"}, {"en", "UNSCR 2178 para. 5", "unscr-2178/05"}, {"en", "UNSCR 2178 §5", "unscr-2178/05"},
		{"en", "UNSCR 2178 paragraph 05", "unscr-2178/05"}, {"en", "S/RES/2178 (2014) para 5", "unscr-2178/05"}, {"en", "OP 5 of 2178", "unscr-2178/05"},
		{"en", "OP5 of 2178", "unscr-2178/05"}, {"en", "2178 OP5", "unscr-2178/05"}, {"en", "UNSCR 2178(5)", "unscr-2178/05"},
		{"en", "paragraph 5 of resolution 2178", "unscr-2178/05"}, {"en", "unscr-2178/05", "unscr-2178/05"},
		{"fr", "résolution 2178 paragraphe 5", "unscr-2178/05"}, {"fr", "par. 5 de la résolution 2178", "unscr-2178/05"},
		{"ar", "القرار 2178 الفقرة 5", "unscr-2178/05"}, {"ar", "القرار ٢١٧٨ الفقرة ٥", "unscr-2178/05"},
		{"en", "SCR 2396 op 29", "unscr-2396/29"}, {"en", "UN Security Council Resolution 2396 (2017) paragraph 30", "unscr-2396/30"},
		{"en", "S/RES/2396", "frameworks/unscr-2396"}, {"en", "2396", "frameworks/unscr-2396"}, {"en", "UNSCR2396", "frameworks/unscr-2396"},
		{"en", "Security Council resolution 2178", "frameworks/unscr-2178"}, {"fr", "résolution 2396", "frameworks/unscr-2396"},
		{"ar", "القرار 2396", "frameworks/unscr-2396"},
		{"en", "Hague Marrakech 13", "hague-marrakech-memorandum/13"}, {"en", "Hague–Marrakech 13", "hague-marrakech-memorandum/13"},
		{"fr", "La Haye-Marrakech 19", "hague-marrakech-memorandum/19"}, {"ar", "لاهاي - مراكش 19", "hague-marrakech-memorandum/19"},
		{"en", "good practice 7 hague-marrakech", "hague-marrakech-memorandum/07"},
		{"en", "GP 19", "hague-marrakech-memorandum/19"}, {"en", "GP19", "hague-marrakech-memorandum/19"}, {"en", "good practice no. 19", "hague-marrakech-memorandum/19"},
		{"fr", "bonne pratique 19", "hague-marrakech-memorandum/19"}, {"ar", "الممارسة الجيدة 19", "hague-marrakech-memorandum/19"},
		{"en", "Rabat good practice 6", "rabat-memorandum/06"}, {"en", "Ankara memorandum GP 2", "ankara-memorandum/02"},
		{"en", "ODIHR guidelines 3.5", "osce-odihr-ftf-guidelines/3-5"}, {"en", "RAN returnee manual chapter 5", "ran-returnee-manual/05"},
	} {
		r := mustSearch(t, s, search.Parse(tt.words, s).WithLang(tt.lang))
		if len(r.Hits) == 0 || !strings.HasSuffix(r.Hits[0].ID, tt.want) {
			t.Errorf("%s: %s finds %q, want %s first", tt.lang, tt.words, hitIDs(r)[:min(3, len(r.Hits))], tt.want)
		}
	}
}

// What several values are called together is no name of one of them.
func TestShippedGroupIsNoValue(t *testing.T) {
	s := shipped(t)
	q := search.Parse("country:Nordic", s)
	if len(q.Filters) != 0 || len(q.Notes) != 1 || q.Notes[0].Code != search.NoteUnknownValue {
		t.Errorf("read as %+v", q)
	}
	if r, words := mustSearch(t, s, q), mustSearch(t, s, search.Parse("Nordic", s)); r.Total != words.Total || r.Total == 0 {
		t.Errorf("country:Nordic finds %d pages, Nordic %d", r.Total, words.Total)
	}
	if q := search.Parse("country:Danish", s); len(q.Filters) != 1 {
		t.Errorf("country:Danish is read as %+v", q)
	}
}

// The page on writing pages shows a misspelling, in every language.
func TestShippedMisspelling(t *testing.T) {
	s := shipped(t)
	r := mustSearch(t, s, search.Parse("reintegraton", s).WithLang("en"))
	if r.Total != 1 || r.DidYou == nil || r.DidYou.Text != "reintegration" || r.DidYou.Total < 100 {
		t.Errorf("%d pages, did you mean %+v", r.Total, r.DidYou)
	}
}
