// Casebook serves a folder of Markdown pages as a knowledge base with faceted
// full-text search. README.md shows how to begin.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Exit codes.
const (
	exitDone     = 0
	exitProblems = 1 // something was found or went wrong
	exitUsage    = 2 // the command line is wrong
)

// An environment is what a command may use of the world around it; tests and
// main give different ones.
type environment struct {
	getenv         func(string) string
	stdout, stderr io.Writer
	now            func() time.Time
}

// A command is one word after "casebook".
type command struct {
	name    string
	args    string // what its usage line shows behind the name
	summary string
	example string
	setup   func(*flag.FlagSet) runner // registers the flags, returns what runs once they are parsed
	// stopsItself is set where the runner returns soon after its context has ended, whatever it is doing.
	stopsItself bool
}

type runner func(ctx context.Context, env environment, args []string) error

var commands = []command{serveCommand, indexCommand, checkCommand, searchCommand, versionCommand}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], environment{os.Getenv, os.Stdout, os.Stderr, time.Now})
	stop()
	os.Exit(code)
}

// A usageError is a command line that cannot be run.
type usageError struct {
	msg     string
	command string // whose help to point at, "" for the whole program's
}

func (e *usageError) Error() string { return e.msg }

// errProblems ends a command whose output has already told what is wrong.
var errProblems = errors.New("problems found")

// run runs one command line and returns its exit code.
func run(ctx context.Context, args []string, env environment) int {
	err := dispatch(ctx, args, env)
	var usage *usageError
	switch {
	case err != nil && ctx.Err() != nil && !errors.Is(err, errProblems) && !errors.Is(err, context.DeadlineExceeded):
		fmt.Fprintln(env.stderr, "casebook: stopped before it was done")
		return exitProblems
	case err == nil:
		return exitDone
	case errors.Is(err, errProblems):
		return exitProblems
	case errors.As(err, &usage):
		fmt.Fprintf(env.stderr, "casebook: %s; see casebook %s\n", usage.msg, strings.TrimSpace(usage.command+" --help"))
		return exitUsage
	default:
		fmt.Fprintf(env.stderr, "casebook: %v\n", err)
		return exitProblems
	}
}

func dispatch(ctx context.Context, args []string, env environment) error {
	if len(args) == 0 {
		help(env.stderr)
		return &usageError{msg: "no command given"}
	}
	name, args := args[0], args[1:]
	switch name {
	case "help", "-h", "-help", "--help":
		if len(args) > 0 && !strings.HasPrefix(args[0], "-") && args[0] != "help" { // casebook help serve
			return dispatch(ctx, []string{args[0], "--help"}, env)
		}
		help(env.stdout)
		return nil
	case "-version", "--version":
		name = "version"
	}
	i := slices.IndexFunc(commands, func(c command) bool { return c.name == name })
	if i < 0 {
		return &usageError{msg: fmt.Sprintf("unknown command %q", name)}
	}
	c := commands[i]
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard) // run says what is wrong, once
	runner := c.setup(fs)
	if err := fromEnvironment(fs, env.getenv); err != nil {
		return &usageError{msg: err.Error(), command: c.name}
	}
	words, err := parse(fs, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		commandHelp(env.stdout, c, fs)
		return nil
	case err != nil:
		return &usageError{msg: err.Error(), command: c.name}
	}
	if c.stopsItself {
		return runner(ctx, env, words)
	}
	_, err = orAbandon(ctx, patience, func() (struct{}, error) { return struct{}{}, runner(ctx, env, words) })
	return err
}

// parse reads the flags wherever they stand and returns the other arguments.
// Behind the first of those a flag has two hyphens, as one is a word of the
// search ("children -prison"); behind -- there are no more flags.
func parse(fs *flag.FlagSet, args []string) (words []string, err error) {
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	rest := fs.Args()
	if n := len(args) - len(rest); n > 0 && args[n-1] == "--" {
		return rest, nil
	}
	for len(rest) > 0 {
		switch a := rest[0]; {
		case a == "--":
			return append(words, rest[1:]...), nil
		case strings.HasPrefix(a, "--"):
			n := 1
			if f := fs.Lookup(a[2:]); f != nil && !isSwitch(f) {
				n = min(2, len(rest)) // its value is the next
			}
			if err := fs.Parse(rest[:n]); err != nil {
				return nil, err
			}
			rest = rest[n:]
		default:
			words, rest = append(words, a), rest[1:]
		}
	}
	return words, nil
}

// isSwitch reports whether a flag has no value.
func isSwitch(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// fromEnvironment sets each flag from its environment variable: --base-url
// from CASEBOOK_BASE_URL. Flags that are given win, as they are parsed later.
func fromEnvironment(fs *flag.FlagSet, getenv func(string) string) error {
	var errs []error
	fs.VisitAll(func(f *flag.Flag) {
		key := environmentName(f.Name)
		if v := getenv(key); v != "" {
			if err := fs.Set(f.Name, v); err != nil {
				errs = append(errs, fmt.Errorf("%s=%q: %w", key, v, err))
			}
		}
	})
	return errors.Join(errs...)
}

func environmentName(flagName string) string {
	return "CASEBOOK_" + strings.ToUpper(strings.ReplaceAll(flagName, "-", "_"))
}

func help(w io.Writer) {
	fmt.Fprint(w, "Casebook is a knowledge base of Markdown pages with faceted full-text search.\n\nUsage:\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  casebook %-8s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, "\nStart with: casebook serve\nEach command explains itself: casebook serve --help\n")
}

func commandHelp(w io.Writer, c command, fs *flag.FlagSet) {
	fmt.Fprintf(w, "casebook %s: %s\n\nUsage:\n  casebook %s [flags]%s\n", c.name, c.summary, c.name, c.args)
	flags := 0
	fs.VisitAll(func(*flag.Flag) { flags++ })
	if flags > 0 {
		fmt.Fprint(w, "\nFlags (each with its environment variable):\n")
	}
	fs.VisitAll(func(f *flag.Flag) {
		value, usage := flag.UnquoteUsage(f)
		fmt.Fprintf(w, "  --%s\n      %s", strings.TrimSpace(f.Name+" "+value), usage)
		if f.DefValue != "" && f.DefValue != "false" {
			fmt.Fprintf(w, " (without it: %s)", f.DefValue)
		}
		fmt.Fprintf(w, "; %s\n", environmentName(f.Name))
	})
	fmt.Fprintf(w, "\nExamples:\n%s", c.example)
}
