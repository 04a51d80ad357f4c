package index

import (
	"context"
	"fmt"
	"testing"
	"time"

	"casebook/content"
	"casebook/search"
)

func TestSmoke(t *testing.T) {
	lib, probs, err := content.Load(context.Background(), content.Default, content.Options{Today: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(len(lib.Pages), len(probs))
	start := time.Now()
	s, err := Build(context.Background(), lib, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Release()
	fmt.Println("built", time.Since(start), s.Pages(), s.Documents())
	for _, text := range []string{"", "children mothers", "Aarhus", "FTF", "foreign terrorist fighters", "Khazakhstan repatriation of families", "The Who", "region:sahel court", "rehabilit*", `"foreign fighters" -trial`, "What can we do with returnees when there is not enough evidence for trial?", "Daesh brides trials", "Tunisie"} {
		q := search.Parse(text, s)
		q.Lang = "en"
		q.Size = 3
		r, err := s.Search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("%q total %d match %d took %v added %v did %v instead %v\n", text, r.Total, r.Match, r.Took, r.Added, r.DidYou, r.Instead)
		for _, h := range r.Hits {
			fmt.Printf("   %.2f %s [%s] %v\n        %v\n", h.Score, h.ID, h.Lang, h.Title, h.Passage)
		}
	}
	for _, text := range []string{"sah", "child", "ri", "reint cen"} {
		c, _ := s.Suggest(context.Background(), text, "en", 8)
		fmt.Println(text, c)
	}
}
