package api

import (
	"context"
	"time"

	"casebook/content"
)

type pageDocJSON struct {
	ID          string           `json:"id"`
	Kind        string           `json:"kind"`
	URL         string           `json:"url"`
	Lang        string           `json:"lang"`
	Langs       []string         `json:"langs"`
	Title       string           `json:"title"`
	Summary     string           `json:"summary"`
	Reviewed    *string          `json:"reviewed"`
	Translation *string          `json:"translation"`
	Parent      *string          `json:"parent"`
	Fields      map[string][]any `json:"fields"`
	Sections    []sectionJSON    `json:"sections"`
	Notes       string           `json:"notes"`
}

// An valueJSON is one value of a field. What isn't of the field's type is left
// out.
type valueJSON struct {
	ID     string   `json:"id"`
	Label  string   `json:"label"`
	Given  bool     `json:"given"`
	Page   string   `json:"page,omitempty"`
	Why    string   `json:"why,omitempty"`
	From   *int     `json:"from,omitempty"`
	To     *int     `json:"to,omitempty"`
	Open   *bool    `json:"open,omitempty"`
	Date   *string  `json:"date,omitempty"`
	Number *float64 `json:"number,omitempty"`
	Bool   *bool    `json:"boolean,omitempty"`
	HTML   string   `json:"html,omitempty"`
}

type sourceJSON struct {
	Title      string `json:"title"`
	Publisher  string `json:"publisher"`
	Author     string `json:"author"`
	Year       *int   `json:"year"`
	URL        string `json:"url"`
	Note       string `json:"note"`
	Unverified bool   `json:"unverified"`
}

type sectionJSON struct {
	ID    string `json:"id"`
	Key   string `json:"key"`
	Title string `json:"title"`
	Level int    `json:"level"`
	HTML  string `json:"html"`
	Text  string `json:"text"`
}

// Page answers with one page, all of its fields and its text.
func Page(_ context.Context, c Call) (Answer, error) {
	if err := c.only(); err != nil {
		return Answer{}, err
	}
	r := reader{c.Reader}
	p, err := r.Corpus.Page(c.Name)
	if err != nil {
		return Answer{}, err
	}
	shown := p.In(r.Lang)
	out := pageDocJSON{
		ID: p.ID, Kind: p.Kind.ID, URL: r.url(r.Links.Page(p)), Lang: shown.Lang, Langs: p.Langs(),
		Title: shown.Title, Summary: shown.Summary, Reviewed: dateOrNull(shown.Reviewed),
		Translation: textOrNull(shown.Translation), Parent: textOrNull(p.Parent),
		Fields: make(map[string][]any), Sections: make([]sectionJSON, 0, len(shown.Body.Sections)),
		Notes: string(r.HTML(shown.Body.Notes)),
	}
	for _, f := range p.Kind.Fields {
		values := []any{}
		for _, v := range p.Values(f.Name) {
			values = append(values, r.value(f, v))
		}
		out.Fields[f.Name] = values
	}
	for _, sec := range shown.Body.Sections {
		out.Sections = append(out.Sections, sectionJSON{
			ID: sec.ID, Key: sec.Key, Title: sec.Title, Level: sec.Level, HTML: string(r.HTML(sec.HTML)), Text: sec.Text,
		})
	}
	return answer(out)
}

// valueJSON is a value of a field: a source or whatever TypeAny holds as it
// is, all else as a valueJSON.
func (r reader) value(f *content.Field, v content.Value) any {
	switch f.Type {
	case content.TypeAny:
		return v.Any
	case content.TypeSource:
		if v.Source == nil {
			return nil
		}
		src := sourceJSON{
			Title: v.Source.Title, Publisher: v.Source.Publisher, Author: v.Source.Author, URL: v.Source.URL,
			Note: v.Source.Note, Unverified: v.Source.Unverified,
		}
		if v.Source.Year != 0 {
			src.Year = &v.Source.Year
		}
		return src
	}
	out := valueJSON{ID: v.ID, Label: v.ID, Given: v.Given}
	switch f.Type {
	case content.TypeTerm:
		out.Label = r.ValueLabel(f.Name, v.ID).Text
	case content.TypePage:
		out.Label, out.Page, out.Why = r.ValueLabel(f.Name, v.ID).Text, v.Page, v.Why
	case content.TypeYears:
		out.From, out.To, out.Open = &v.Years.From, &v.Years.To, &v.Years.Open
	case content.TypeDate:
		out.Date = dateOrNull(v.Date)
	case content.TypeNumber:
		out.Number = &v.Number
	case content.TypeBoolean:
		out.Bool = &v.Bool
	case content.TypeMarkdown:
		out.HTML = string(r.HTML(v.HTML))
	}
	return out
}

func textOrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func dateOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.Format(time.DateOnly)
	return &s
}
