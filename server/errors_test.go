package server

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestErrorsHaveMessages(t *testing.T) {
	s := newSite(t, nil)
	data, err := os.ReadFile("errors.go")
	if err != nil {
		t.Fatal(err)
	}
	keys := regexp.MustCompile(`key: "([^"]+)"`).FindAllStringSubmatch(string(data), -1)
	if len(keys) < 7 {
		t.Fatalf("only %d errors found", len(keys))
	}
	for _, m := range keys {
		for _, part := range []string{"title", "text"} {
			if text := s.readers.Messages.In("en").T("error." + m[1] + "." + part); strings.Contains(text, "⟦") {
				t.Errorf("there is no message %s", text)
			}
		}
	}
}
