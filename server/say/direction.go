package say

import "golang.org/x/text/language"

// Dir is the direction in which the language is written: "ltr" or "rtl".
func (p *Printer) Dir() string {
	if p.rtl {
		return "rtl"
	}
	return "ltr"
}

// DirOf is the direction in which a language is written: "ltr" or "rtl". It
// is for text in other languages than the page's.
func DirOf(lang string) string {
	if tag, err := language.Parse(lang); err == nil && isRTL(tag) {
		return "rtl"
	}
	return "ltr"
}

func isRTL(tag language.Tag) bool {
	script, _ := tag.Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr":
		return true
	}
	return false
}
