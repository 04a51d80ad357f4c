package content_test

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"casebook/content"
	"casebook/content/load"
)

var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func loadShipped(t *testing.T) *content.Library {
	t.Helper()
	lib, problems, err := load.Load(t.Context(), content.Default, load.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
	return lib
}

// Every case study keeps the countries, years and sources of the record that it was written from.
func TestShippedCasesKeepTheirRecords(t *testing.T) {
	lib := loadShipped(t)
	data, err := os.ReadFile("testdata/records.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var records map[string]struct {
		Countries, End, URLs []string
		Start                []int
	}
	if err := yaml.Unmarshal(data, &records); err != nil {
		t.Fatal(err)
	}
	for id, record := range records {
		page, err := lib.Page("case-studies/" + id)
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		countries := givenIDs(page, "country")
		for _, c := range record.Countries {
			if !slices.Contains(countries, c) {
				t.Errorf("%s: country %s is lost", id, c)
			}
		}
		var urls []string
		for _, v := range page.Values("sources") {
			urls = append(urls, strings.TrimRight(v.Source.URL, "/"))
		}
		for _, u := range record.URLs {
			if !slices.Contains(urls, u) {
				t.Errorf("%s: source %s is lost", id, u)
			}
		}
		period := page.Values("period")
		if len(period) != 1 || !slices.Contains(record.Start, period[0].Years.From) || !endsAs(period[0].Years, record.End) {
			t.Errorf("%s: period %v, want start in %v and end in %v", id, period, record.Start, record.End)
		}
	}
	if n := len(records); n != 179 {
		t.Errorf("%d records, want 179", n)
	}
}

func endsAs(y content.Years, ends []string) bool {
	return slices.Contains(ends, "unknown") ||
		y.Open && slices.Contains(ends, "ongoing") ||
		!y.Open && slices.Contains(ends, strconv.Itoa(y.To))
}

func givenIDs(p *content.Page, field string) []string {
	var ids []string
	for _, v := range p.Values(field) {
		if v.Given {
			ids = append(ids, v.ID)
		}
	}
	return ids
}

// Each region of the map has at least eight cases in it or below it.
func TestShippedRegionsHaveCases(t *testing.T) {
	lib := loadShipped(t)
	cases := map[string]int{}
	for p := range lib.All() {
		if p.Kind.ID == "case-study" {
			for _, v := range p.Values("region") {
				cases[v.ID]++
			}
		}
	}
	for _, region := range []string{
		"east-africa", "europe", "middle-east", "africa", "north-america", "south-america",
		"south-asia", "south-east-asia", "mena", "maghreb", "west-africa", "sahel",
	} {
		if cases[region] < 8 {
			t.Errorf("%d cases in %s, want at least 8", cases[region], region)
		}
	}
}

// All labels of schema, vocabularies and site are in every language of the site.
func TestShippedLabelsAreInEveryLanguage(t *testing.T) {
	lib := loadShipped(t)
	check := func(what string, text content.Text) {
		for _, lang := range lib.Site.Languages {
			if !text.Has(lang) {
				t.Errorf("%s has no label in %s", what, lang)
			}
		}
	}
	check("site tagline", lib.Site.Tagline)
	for _, k := range lib.Schema.Kinds {
		check("kind "+k.ID, k.Label)
		check("plural of kind "+k.ID, k.Plural)
		for _, f := range k.Fields {
			check("field "+f.Name, f.Label)
		}
		for _, s := range k.Sections {
			check("section "+s.ID, s.Label)
		}
	}
	for name, v := range lib.Vocabularies {
		check("vocabulary "+name, v.Label)
		for _, term := range v.Terms {
			check(name+" "+term.ID, term.Label)
		}
	}
}

// The built-in content is the folder that editors work in: nothing there is forgotten by the embedding.
func TestEmbeddedContentIsTheFolder(t *testing.T) {
	files := func(fsys fs.FS) (names []string) {
		err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "testdata" {
				return fs.SkipDir
			}
			if ext := path.Ext(p); !d.IsDir() && (ext == ".md" || ext == ".yaml") {
				names = append(names, p)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	if built, folder := files(content.Default), files(os.DirFS(".")); !slices.Equal(built, folder) {
		t.Errorf("built in: %d files, in the folder: %d", len(built), len(folder))
		for _, f := range folder {
			if !slices.Contains(built, f) {
				t.Errorf("not built in: %s", f)
			}
		}
	}
}
