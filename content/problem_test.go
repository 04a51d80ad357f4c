package content

import "testing"

func TestProblemIsOneLine(t *testing.T) {
	for want, p := range map[string]Problem{
		`a.md:3:2: error: what; fix`:    {Path: "a.md", Line: 3, Col: 2, Severity: Error, Msg: "what", Fix: "fix"},
		`a.md:3: warning: what`:         {Path: "a.md", Line: 3, Severity: Warning, Msg: "what"},
		`"new\nline.md": error: what`:   {Path: "new\nline.md", Severity: Error, Msg: "what"},
		`"esc\x1b[31m.md": error: what`: {Path: "esc\x1b[31m.md", Severity: Error, Msg: "what"},
		`ümlaut.md: error: what`:        {Path: "ümlaut.md", Severity: Error, Msg: "what"},
	} {
		if got := p.Error(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
