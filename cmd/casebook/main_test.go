package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// called runs a command line in this process.
func called(ctx context.Context, env map[string]string, args ...string) (code int, stdout, stderr string) {
	var out, errs strings.Builder
	now := func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }
	code = run(ctx, args, environment{func(key string) string { return env[key] }, &out, &errs, now})
	return code, out.String(), errs.String()
}

// folder writes files, given as name and text, into a folder of their own.
func folder(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, filepath.FromSlash(files[i]))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// In which order flags and words stand, and which of them is what.
func TestFlagsAndWords(t *testing.T) {
	for _, tt := range []struct {
		args, words string
		size        int
		json        bool
		lang, err   string
	}{
		{args: "", size: 20},
		{args: "a b", words: "a b", size: 20},
		{args: "--size 3 a", words: "a", size: 3},
		{args: "a --size 3 b", words: "a b", size: 3},
		{args: "a --size=3 b", words: "a b", size: 3},
		{args: "a --json b", words: "a b", size: 20, json: true},
		{args: "a --json=false b", words: "a b", size: 20},
		{args: "--json a --lang fr b --size 4", words: "a b", size: 4, json: true, lang: "fr"},
		{args: "a -b --lang fr -c", words: "a -b -c", size: 20, lang: "fr"},
		{args: "-json -size 3 a", words: "a", size: 3, json: true},
		{args: "-- -a --size 3", words: "-a --size 3", size: 20},
		{args: "--size 3 -- a --json", words: "a --json", size: 3},
		{args: "a -- --size -- b", words: "a --size -- b", size: 20},
		{args: "a --json -- --size", words: "a --size", size: 20, json: true},
		{args: "a --size", err: "flag needs an argument: -size"},
		{args: "a --size x", err: `invalid value "x" for flag -size`},
		{args: "a --nothing", err: "flag provided but not defined: -nothing"},
		{args: "-nothing a", err: "flag provided but not defined: -nothing"},
		{args: "a --help", err: flag.ErrHelp.Error()},
	} {
		fs := flag.NewFlagSet("test", flag.ContinueOnError)
		fs.SetOutput(&strings.Builder{})
		fs.Usage = func() {}
		size, json, lang := fs.Int("size", 20, ""), fs.Bool("json", false, ""), fs.String("lang", "", "")
		words, err := parse(fs, strings.Fields(tt.args))
		if tt.err != "" {
			if err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%q: %v, want %s", tt.args, err, tt.err)
			}
			continue
		}
		if got := strings.Join(words, " "); err != nil || got != tt.words || *size != tt.size || *json != tt.json || *lang != tt.lang {
			t.Errorf("%q: words %q, size %d, json %t, language %q, %v; want %q, %d, %t, %q", tt.args, got, *size, *json, *lang, err, tt.words, tt.size, tt.json, tt.lang)
		}
	}
}

func TestFlagsFromTheEnvironment(t *testing.T) {
	set := func(env map[string]string) (string, error) {
		fs := flag.NewFlagSet("test", flag.ContinueOnError)
		base, size, json := fs.String("base-url", "none", ""), fs.Int("size", 20, ""), fs.Bool("json", false, "")
		err := fromEnvironment(fs, func(key string) string { return env[key] })
		return fmt.Sprint(*base, " ", *size, " ", *json), err
	}
	for want, env := range map[string]map[string]string{
		"none 20 false":   {"BASE_URL": "x", "CASEBOOK_BASE-URL": "x", "casebook_size": "3"},
		"http://x 3 true": {"CASEBOOK_BASE_URL": "http://x", "CASEBOOK_SIZE": "3", "CASEBOOK_JSON": "1"},
		"none 7 false":    {"CASEBOOK_BASE_URL": "", "CASEBOOK_SIZE": "7"},
	} {
		if got, err := set(env); got != want || err != nil {
			t.Errorf("%v gives %s, %v; want %s", env, got, err, want)
		}
	}
	_, err := set(map[string]string{"CASEBOOK_SIZE": "many", "CASEBOOK_JSON": "perhaps"})
	if err == nil || !strings.Contains(err.Error(), `CASEBOOK_SIZE="many": `) || !strings.Contains(err.Error(), `CASEBOOK_JSON="perhaps": `) {
		t.Errorf("two that are wrong: %v", err)
	}
}

// What stands on the command line wins.
func TestFlagsBeatTheEnvironment(t *testing.T) {
	dir := folder(t, "schema.yaml", "kinds:\n  note:\n    folder: notes\n", "site.yaml", "title: Notes\n")
	env := map[string]string{"CASEBOOK_CONTENT": "nowhere", "CASEBOOK_FORMAT": "json"}
	if code, out, errs := called(t.Context(), env, "check", "--content", dir, "--format", "text"); code != exitDone || out != "" {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if code, _, errs := called(t.Context(), env, "check"); code != exitUsage || !strings.Contains(errs, "there is no folder nowhere") {
		t.Errorf("from the environment: exit %d, %s", code, errs)
	}
}

func TestExitCodes(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	dir := folder(t, "schema.yaml", "kinds:\n  note:\n    folder: notes\n", "site.yaml", "title: Notes\n", "notes/a.md", "---\ntitle: A\n---\n")
	for _, tt := range []struct {
		name           string
		ctx            context.Context
		args           string
		code           int
		stdout, stderr string // beginnings
	}{
		{"nothing", t.Context(), "", exitUsage, "", "Casebook is a knowledge base"},
		{"help", t.Context(), "help", exitDone, "Casebook is a knowledge base", ""},
		{"help with a flag", t.Context(), "help -x", exitDone, "Casebook is a knowledge base", ""},
		{"help about help", t.Context(), "help help", exitDone, "Casebook is a knowledge base", ""},
		{"-h", t.Context(), "-h", exitDone, "Casebook is a knowledge base", ""},
		{"-help", t.Context(), "-help", exitDone, "Casebook is a knowledge base", ""},
		{"help about a command", t.Context(), "help version", exitDone, "casebook version: say which version this is\n", ""},
		{"a command's help", t.Context(), "version -h", exitDone, "casebook version: ", ""},
		{"-version", t.Context(), "-version", exitDone, "casebook ", ""},
		{"no such command", t.Context(), "sevre", exitUsage, "", `casebook: unknown command "sevre"; see casebook --help`},
		{"no such flag", t.Context(), "version --x", exitUsage, "", "casebook: flag provided but not defined: -x; see casebook version --help"},
		{"found", t.Context(), "search --content " + dir + " a", exitDone, "1 result\n\n1. A\n   notes/a\n", ""},
		{"not found", t.Context(), "search --content " + dir + " b", exitDone, "0 results\n", ""},
		{"no words", t.Context(), "search --content " + dir + " --", exitUsage, "", "casebook: no words to search for; see casebook search --help"},
		{"the largest size", t.Context(), "search --content " + dir + " --size 100 a", exitDone, "1 result\n", ""},
		{"a size below none", t.Context(), "search --content " + dir + " --size -1 a", exitUsage, "", "casebook: --size -1 is not between 0 and 100"},
		{"stopped", ended, "search --content " + dir + " a", exitProblems, "", "casebook: stopped before it was done\n"},
		{"the longest drain", t.Context(), "serve --drain 5m --per-client -1", exitUsage, "", "casebook: --per-client -1"},
		{"a longer drain", t.Context(), "serve --drain 5m1s --per-client -1", exitUsage, "", "casebook: --drain 5m1s is not between 0s and 5m0s"},
	} {
		code, stdout, stderr := called(tt.ctx, nil, strings.Fields(tt.args)...)
		if code != tt.code || !strings.HasPrefix(stdout, tt.stdout) || !strings.HasPrefix(stderr, tt.stderr) || tt.stdout == "" && stdout != "" || tt.stderr == "" && stderr != "" {
			t.Errorf("%s: exit %d, %q, %q; want %d, %q, %q", tt.name, code, stdout, stderr, tt.code, tt.stdout, tt.stderr)
		}
	}
}

// A command that runs out of its own time says so, whatever else ended.
func TestDeadlineIsTold(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	before := commands
	defer func() { commands = before }()
	for err, want := range map[error]string{
		context.DeadlineExceeded: "casebook: context deadline exceeded\n", errProblems: "", errors.New("odd"): "casebook: stopped before it was done\n",
	} {
		commands = []command{{name: "do", stopsItself: true, setup: func(*flag.FlagSet) runner {
			return func(context.Context, environment, []string) error { return err }
		}}}
		if code, _, stderr := called(ended, nil, "do"); code != exitProblems || stderr != want {
			t.Errorf("%v: exit %d, %q; want %q", err, code, stderr, want)
		}
	}
}

func TestHelp(t *testing.T) {
	var all, one, none strings.Builder
	help(&all)
	for _, c := range commands {
		if !slices.Contains(strings.Split(all.String(), "\n"), fmt.Sprintf("  casebook %-8s %s", c.name, c.summary)) {
			t.Errorf("the help has no line about %s:\n%s", c.name, all.String())
		}
	}
	fs := flag.NewFlagSet("do", flag.ContinueOnError)
	fs.Bool("all", false, "do all")
	fs.Int("how-many", 3, "at most so `many`")
	fs.String("where", "", "`place`, if any")
	c := command{name: "do", args: " THING", summary: "do things", example: "  casebook do it\n"}
	commandHelp(&one, c, fs)
	if want := `casebook do: do things

Usage:
  casebook do [flags] THING

Flags (each with its environment variable):
  --all
      do all; CASEBOOK_ALL
  --how-many many
      at most so many (without it: 3); CASEBOOK_HOW_MANY
  --where place
      place, if any; CASEBOOK_WHERE

Examples:
  casebook do it
`; one.String() != want {
		t.Errorf("help of a command:\n%s\nwant\n%s", one.String(), want)
	}
	commandHelp(&none, c, flag.NewFlagSet("do", flag.ContinueOnError))
	if want := "casebook do: do things\n\nUsage:\n  casebook do [flags] THING\n\nExamples:\n  casebook do it\n"; none.String() != want {
		t.Errorf("help of a command without flags:\n%s\nwant\n%s", none.String(), want)
	}
}

func TestCounted(t *testing.T) {
	for n, want := range map[int]string{0: "0 pages", 1: "1 page", 2: "2 pages"} {
		if got := counted(n, "page"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
