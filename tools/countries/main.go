// Command countries writes content/vocabularies/country.yaml: the codes of
// ISO 3166-1 with XK and EU, their names of CLDR in the site's languages, and
// what stands by hand in names.yml. Run it from the module's root:
//
//	go run ./tools/countries
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"gopkg.in/yaml.v3"
)

const (
	namesFile = "tools/countries/names.yml"
	termsFile = "content/vocabularies/country.yaml"
)

// languages are those of the site. Label and note of the vocabulary itself are in header.
var languages = []string{"en", "fr", "ar"}

type name struct {
	Label map[string]string
	Alt   map[string][]string `yaml:",inline"`
}

func main() {
	log.SetFlags(0)
	raw, err := os.ReadFile(namesFile)
	if err != nil {
		log.Fatal(err)
	}
	out, err := generate(raw)
	if err != nil {
		log.Fatalf("%s: %v", namesFile, err)
	}
	if err := os.WriteFile(termsFile, out, 0o644); err != nil {
		log.Fatal(err)
	}
}

// generate returns the vocabulary of what names.yml says.
func generate(raw []byte) ([]byte, error) {
	var file struct {
		Codes string
		Names map[string]name
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&file); err != nil {
		return nil, err
	}
	codes := strings.Fields(strings.ReplaceAll(file.Codes, `"`, ""))
	slices.Sort(codes)
	for code := range file.Names {
		if !slices.Contains(codes, code) {
			return nil, fmt.Errorf("name for %q, which is not among the codes", code)
		}
	}
	var b bytes.Buffer
	b.WriteString(header)
	for _, code := range codes {
		n := file.Names[code]
		region, err := language.ParseRegion(code)
		if err != nil {
			return nil, fmt.Errorf("code %q: %w", code, err)
		}
		labels := map[string]string{}
		for _, lang := range languages {
			labels[lang] = display.Regions(language.MustParse(lang)).Name(region)
			if lang == "en" {
				labels[lang] = strings.NewReplacer(" & ", " and ", "St. ", "Saint ").Replace(labels[lang])
			}
			if l, ok := n.Label[lang]; ok {
				labels[lang] = l
			}
			if labels[lang] == "" {
				return nil, fmt.Errorf("%s has no name in %s", code, lang)
			}
		}
		said := make([]string, len(languages))
		for i, lang := range languages {
			said[i] = lang + ": " + scalar(labels[lang])
		}
		fmt.Fprintf(&b, "  - id: %s\n    label: {%s}\n", scalar(code), strings.Join(said, ", "))
		alt := map[string][]string{}
		for _, lang := range languages {
			for _, a := range n.Alt[lang] {
				if a == labels[lang] || slices.Contains(alt[lang], a) {
					return nil, fmt.Errorf("%s: alternative label %q stands twice", code, a)
				}
				alt[lang] = append(alt[lang], a)
			}
		}
		if len(alt) == 0 {
			continue
		}
		b.WriteString("    alt:\n")
		for _, lang := range languages {
			if len(alt[lang]) > 0 {
				quoted := make([]string, len(alt[lang]))
				for i, a := range alt[lang] {
					quoted[i] = scalar(a)
				}
				fmt.Fprintf(&b, "      %s: [%s]\n", lang, strings.Join(quoted, ", "))
			}
		}
	}
	return b.Bytes(), nil
}

// scalar quotes what a YAML reader could take for something else: NO is
// false in YAML 1.1.
func scalar(s string) string {
	if s == "NO" || strings.ContainsAny(s, `,:#[]{}&*!|>'"%@`) {
		return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"`
	}
	return s
}

const header = `# Made by tools/countries from CLDR and names.yml there; change that file, not this one.
label: {en: Country, fr: Pays, ar: البلد}
note:
  en: ISO 3166-1 codes, with XK for Kosovo and EU for measures of the whole European Union. Names imply no position on the status of any territory.
  fr: Codes ISO 3166-1, avec XK pour le Kosovo et EU pour les mesures de toute l’Union européenne. Les noms n’impliquent aucune position sur le statut d’un territoire.
  ar: رموز المعيار ISO 3166-1، مع XK لكوسوفو وEU لتدابير الاتحاد الأوروبي ككل. ولا تعني الأسماء أي موقف من وضع أي إقليم.
terms:
`
