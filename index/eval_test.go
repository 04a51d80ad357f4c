package index

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"casebook/search"
)

var showEval = flag.Bool("eval", false, "print what every judged question finds")

// A question of testdata/questions.yaml: what was asked and how good each page
// is as an answer, 3 best.
type question struct {
	ID       string         `yaml:"id"`
	Class    string         `yaml:"class"`
	Q        string         `yaml:"q"`
	Lang     string         `yaml:"lang"`
	Relevant map[string]int `yaml:"relevant"`
}

// marks are what one question or the mean of several got.
type marks struct{ ndcg, recall, mrr, n float64 }

var noteEval = flag.Bool("note-eval", false, "write what the judged questions reach into testdata/figures.txt")

// mayLose is what a figure may be below the committed one.
const mayLose = 0.01

// TestJudgedQuestions asks what people ask of the shipped content and holds
// the figures of testdata/figures.txt, for every class of question.
//
//	go test -v -run Judged ./index          figures by class
//	go test -run Judged ./index -eval       what every question finds, the worst first
//	go test -run Judged ./index -note-eval  new figures
func TestJudgedQuestions(t *testing.T) {
	data, err := os.ReadFile("testdata/questions.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var questions []question
	if err := yaml.Unmarshal(data, &questions); err != nil {
		t.Fatal(err)
	}
	s := shipped(t)
	classes := make(map[string]*marks)
	type answered struct {
		question
		marks
		ids []string
	}
	var answers []answered
	for _, q := range questions {
		ids := ask(t, s, q)
		m := judge(ids, q.Relevant)
		answers = append(answers, answered{q, m, ids})
		for _, class := range []string{q.Class, "all"} {
			c := classMarks(classes, class)
			c.ndcg, c.recall, c.mrr, c.n = c.ndcg+m.ndcg, c.recall+m.recall, c.mrr+m.mrr, c.n+1
		}
	}
	if *showEval {
		slices.SortStableFunc(answers, func(a, b answered) int { return cmp.Compare(a.ndcg, b.ndcg) })
		for _, a := range answers {
			fmt.Printf("%s %-16s ndcg %.3f recall %.3f  %s\n", a.ID, a.Class, a.ndcg, a.recall, a.Q)
			for i, id := range a.ids[:min(len(a.ids), 10)] {
				fmt.Printf("    %2d  %d  %s\n", i+1, a.Relevant[id], id)
			}
			for _, id := range slices.Sorted(maps.Keys(a.Relevant)) {
				if a.Relevant[id] > 1 && !slices.Contains(a.ids[:min(len(a.ids), 10)], id) {
					fmt.Printf("    --  %d  %s (at %d)\n", a.Relevant[id], id, slices.Index(a.ids, id)+1)
				}
			}
		}
	}
	var table strings.Builder
	for _, name := range slices.Sorted(maps.Keys(classes)) {
		c := classes[name]
		c.ndcg, c.recall, c.mrr = c.ndcg/c.n, c.recall/c.n, c.mrr/c.n
		fmt.Fprintf(&table, "%-16s  nDCG@10 %.3f  recall@20 %.3f  MRR %.3f  questions %.0f\n", name, c.ndcg, c.recall, c.mrr, c.n)
	}
	t.Log("\n" + table.String())
	if *noteEval {
		if err := os.WriteFile("testdata/figures.txt", []byte(table.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err = os.ReadFile("testdata/figures.txt")
	if err != nil {
		t.Fatal(err)
	}
	held := 0
	for line := range strings.Lines(string(data)) {
		var name string
		var want marks
		if _, err := fmt.Sscanf(line, "%s nDCG@10 %f recall@20 %f MRR %f questions %f", &name, &want.ndcg, &want.recall, &want.mrr, &want.n); err != nil {
			t.Fatalf("figures.txt: %q: %v", line, err)
		}
		got := classes[name]
		if got == nil {
			t.Errorf("there are no questions of the class %s", name)
			continue
		}
		held++
		for _, f := range []struct {
			name      string
			got, want float64
		}{{"nDCG@10", got.ndcg, want.ndcg}, {"recall@20", got.recall, want.recall}, {"MRR", got.mrr, want.mrr}} {
			if f.got < f.want-mayLose {
				t.Errorf("%s: %s = %.3f, was %.3f", name, f.name, f.got, f.want)
			}
		}
	}
	if held != len(classes) {
		t.Errorf("figures.txt holds %d classes of %d", held, len(classes))
	}
}

func classMarks(m map[string]*marks, class string) *marks {
	if m[class] == nil {
		m[class] = &marks{}
	}
	return m[class]
}

// ask returns the judged kinds of page that a question finds, best first.
func ask(t *testing.T, s *Snapshot, q question) []string {
	t.Helper()
	sq := search.Parse(q.Q, s).WithSize(40).WithLang(q.Lang)
	r, err := s.Search(context.Background(), sq)
	if err != nil {
		t.Fatalf("%s: %v", q.ID, err)
	}
	var ids []string
	for _, h := range r.Hits {
		if folder, _, _ := strings.Cut(h.ID, "/"); folder == "case-studies" || folder == "frameworks" || folder == "good-practices" {
			ids = append(ids, h.ID)
		}
	}
	return ids[:min(len(ids), 20)]
}

// judge computes nDCG@10, recall@20 and the reciprocal rank of the first page
// of grade 3.
func judge(ids []string, relevant map[string]int) marks {
	gain := func(grade, rank int) float64 { return (math.Pow(2, float64(grade)) - 1) / math.Log2(float64(rank)+2) }
	var m marks
	var dcg, ideal float64
	found := 0
	for i, id := range ids {
		g := relevant[id]
		if i < 10 {
			dcg += gain(g, i)
		}
		if g > 0 {
			found++
		}
		if g == 3 && m.mrr == 0 {
			m.mrr = 1 / float64(i+1)
		}
	}
	grades := slices.SortedFunc(maps.Values(relevant), func(a, b int) int { return cmp.Compare(b, a) })
	for i, g := range grades[:min(len(grades), 10)] {
		ideal += gain(g, i)
	}
	m.ndcg = dcg / ideal
	m.recall = float64(found) / float64(min(20, len(relevant)))
	return m
}

var askFlag = flag.String("ask", "", "a question that TestAsk asks, as lang:words")

// TestAsk prints what one question finds, for whoever works on the ranking.
func TestAsk(t *testing.T) {
	if *askFlag == "" {
		t.Skip()
	}
	s := shipped(t)
	lang, text, _ := strings.Cut(*askFlag, ":")
	r, err := s.Search(context.Background(), search.Parse(text, s).WithLang(lang).WithSize(10))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("total %d match %d %v added %q did %+v instead %v notes %v\n", r.Total, r.Match, r.Took, r.Added, r.DidYou, r.Instead, r.Notes)
	for _, h := range r.Hits {
		fmt.Printf("%.3f %s [%s]\n   %s\n", h.Score, h.ID, h.Lang, marked(h.Passage))
	}
}
