package markdown

import (
	"strings"
	"testing"
)

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Été à Paris": "été-à-paris", "What was learnt?": "what-was-learnt", "a_b-c": "a-b-c", "  a  ": "a", "-a-": "a", "1. One": "1-one", "العودة": "العودة", "हिन्दी": "हिन्दी", "…": "section", "": "section",
		"A & B": "a--b", "\u0301a": "a",
	} {
		if got := slug(title); got != want {
			t.Errorf("slug(%q) = %q, want %q", title, got, want)
		}
	}
}

// Levels of headings, and how many sections the page has.
func TestHeadings(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"## A\n### B\n## C\n", ""},
		{"## A\n\n#### B\n", "3:1: error: the heading \"B\" skips a level, from 2 to 4; begin it with ### [heading-level]\n"},
		{"### A\n", "1:1: error: the heading \"A\" skips a level, from 1 to 3; begin it with ## [heading-level]\n"},
		{"# A\n## B\n", "1:1: warning: a heading with one # is the page's title, which stands in the front matter; begin it with ## [title-heading]\n"},
		{"## A\n### B\n#### C\n##### D\n###### E\n## F\n", ""},
		{"> ## A\n> #### B\n", "2:3: error: the heading \"B\" skips a level, from 2 to 4; begin it with ### [heading-level]\n"},
	} {
		_, _, problems := parseBody(t, "note", "en", tt.text)
		got := ""
		for _, p := range problems {
			got += strings.TrimPrefix(p.Error(), "notes/x.md:") + " [" + p.Code + "]\n"
		}
		if got != tt.want {
			t.Errorf("%q:\n%swant\n%s", tt.text, got, tt.want)
		}
	}
}

// Sections of the kind that are missing, and those that stand there twice.
func TestSectionProblems(t *testing.T) {
	const add = "; add a heading ## "
	for _, tt := range []struct{ text, want string }{
		{"## Context\n## What was learnt\n", ""},
		{"## What was learnt\n## Context\n", ""}, // the order is the editor's
		{"## Context\ntext\n\n\n", "2:1: warning: section \"What was learnt\" is missing" + add + "What was learnt\n"},
		{"text\n\n## What was learnt\n", "3:1: warning: section \"Context\" is missing" + add + "Context\n"},
		{"", "1:1: warning: section \"What was learnt\" is missing" + add + "What was learnt\n1:1: warning: section \"Context\" is missing" + add + "Context\n"},
		{"## Context\n## Lessons\n## CONTEXT\n", "3:1: warning: there are two sections \"CONTEXT\"; make them one\n"},
	} {
		_, _, problems := parseBody(t, "report", "en", tt.text)
		got := ""
		for _, p := range problems {
			got += strings.TrimPrefix(p.Error(), "reports/x.md:") + "\n"
		}
		if got != tt.want {
			t.Errorf("%q:\n%swant\n%s", tt.text, got, tt.want)
		}
	}
}

// Only the headings that divide a page can be sections of its kind.
func TestSectionsAreAtTheTop(t *testing.T) {
	body, _, _ := parseBody(t, "report", "en", "## What was learnt\n### What was learnt\n> ## Context\n")
	if s := body.Sections[0]; len(body.Sections) != 1 || s.Key != "lessons" || s.ID != "lessons" || !strings.Contains(s.HTML, `<h3 id="what-was-learnt">`) || !strings.Contains(s.HTML, `<h2 id="context">`) {
		t.Errorf("sections %+v", body.Sections)
	}
	body, _, _ = parseBody(t, "report", "fr", "> ## Enseignements tirés\n\n## Enseignements tirés\n")
	if s := body.Sections[1]; s.Key != "lessons" || s.ID != "lessons" || !strings.Contains(body.Sections[0].HTML, `id="enseignements-tirés"`) {
		t.Errorf("sections %+v", body.Sections)
	}
}

// TestSectionKeys: a heading is the kind's section by its label in the page's
// language or by the section's id, whatever the case and accents.
func TestSectionKeys(t *testing.T) {
	tests := []struct{ lang, markdown, want string }{
		{"en", "## Context\n## What was learnt\n", "context=context lessons=lessons"},
		{"en", "## CONTEXT \n## Lessons:\n## Else\n", "context=context lessons=lessons else="},
		{"fr", "## context\n## Enseignements tires\n", "context=context lessons=lessons"},
		{"ar", "## السِّياق\n## الدروس\n", "context=context lessons=lessons"},
		{"de", "## Context\n## What was learnt\n", "context=context lessons=lessons"}, // a language without labels: the first
		{"fr", "### Enseignements tirés\n> ## context\n", "="},
	}
	for _, tt := range tests {
		body, _, _ := parseBody(t, "report", tt.lang, tt.markdown)
		var got []string
		for _, s := range body.Sections {
			got = append(got, s.ID+"="+s.Key)
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("%s %q: sections %q, want %q", tt.lang, tt.markdown, g, tt.want)
		}
	}
}

// TestSectionAnchorAliases: a section's anchor is its id in every language, and
// a link to the words of its heading still finds it.
func TestSectionAnchorAliases(t *testing.T) {
	body, _, problems := parseBody(t, "report", "fr", "[a](#enseignements-tirés)\n\n## Context\n## Enseignements tirés\n")
	if len(problems) > 0 || !strings.Contains(body.Sections[0].HTML, `href="#lessons"`) {
		t.Errorf("HTML %q, problems %v", body.Sections[0].HTML, problems)
	}
}
