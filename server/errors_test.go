package server

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestErrorsHaveMessages(t *testing.T) {
	s := newSite(t, nil)
	var source []byte
	for _, file := range []string{"errors.go", "admit.go", "web/middleware.go"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		source = append(source, data...)
	}
	keys := regexp.MustCompile(`Key: "([^"]+)"`).FindAllSubmatch(source, -1)
	if len(keys) < 7 {
		t.Fatalf("only %d errors found", len(keys))
	}
	for _, m := range keys {
		for _, part := range []string{"title", "text"} {
			if text := s.readers.Messages.In("en").T("error." + string(m[1]) + "." + part); strings.Contains(text, "⟦") {
				t.Errorf("there is no message %s", text)
			}
		}
	}
}
