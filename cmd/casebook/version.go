package main

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"
)

var versionCommand = command{
	name:    "version",
	summary: "say which version this is",
	example: "  casebook version\n",
	setup: func(*flag.FlagSet) runner {
		return func(_ context.Context, env environment, args []string) error {
			if len(args) > 0 {
				return &usageError{msg: "version takes no arguments", command: "version"}
			}
			_, err := fmt.Fprintf(env.stdout, "casebook %s %s/%s %s\n", version(), runtime.GOOS, runtime.GOARCH, runtime.Version())
			return err
		}
	},
}

// version returns the module's version, or the revision that the program was
// built from, or "devel" where neither is known.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return "devel"
}
