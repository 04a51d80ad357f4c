package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"casebook/content"
	"casebook/content/load"
	"casebook/index"
	"casebook/server"
	"casebook/server/address"
	"casebook/server/client"
)

var serveCommand = command{
	name:    "serve",
	summary: "serve the pages at an address",
	example: "  casebook serve\n  casebook serve --content ./pages --addr 0.0.0.0:8080 --base-url https://cases.example.org\n",
	setup: func(flags *flag.FlagSet) runner {
		opts := serveOptions{after: time.After, pageCache: 64 << 20}
		contentFlag(flags, &opts.content)
		indexFlag(flags, &opts.index)
		flags.StringVar(&opts.addr, "addr", "127.0.0.1:8080", "`host:port` to listen on; port 0 takes a free one")
		flags.StringVar(&opts.baseURL, "base-url", "", "`URL` that readers see the site at, for canonical links and the site map; without it taken from each request")
		flags.Var(&opts.pageCache, "page-cache", "`size` of the memory for answers that are kept while the content doesn't change; 0 keeps none")
		flags.IntVar(&opts.perClient, "per-client", 0, "`number` of requests of one address that are worked on at once; 0 is half of all")
		flags.StringVar(&opts.trustedProxy, "trusted-proxy", "", "`addresses` of proxies, with commas between them, whose word counts on the address of a reader: 10.0.0.5, 10.1.0.0/16")
		flags.DurationVar(&opts.drain, "drain", time.Second, "`time` after SIGTERM in which new requests are still answered while /readyz says 503")
		return opts.run
	},
	stopsItself: true,
}

type serveOptions struct {
	content string
	index   string
	addr    string
	baseURL string
	drain   time.Duration
	// pageCache is in bytes, perClient in requests; trustedProxy is a list.
	pageCache    byteSize
	perClient    int
	trustedProxy string
	after        func(time.Duration) <-chan time.Time // time.After, but for tests
}

// maxDrain bounds --drain.
const maxDrain = 5 * time.Minute

// run serves until ctx ends.
func (o *serveOptions) run(ctx context.Context, env environment, args []string) error {
	if len(args) > 0 {
		return &usageError{msg: fmt.Sprintf("serve takes no arguments, but there is %q", args[0]), command: "serve"}
	}
	if _, err := address.ParseBase(o.baseURL); err != nil {
		return &usageError{msg: "--base-url " + err.Error(), command: "serve"}
	}
	if o.drain < 0 || o.drain > maxDrain {
		return &usageError{msg: fmt.Sprintf("--drain %s is not between 0s and %s", o.drain, maxDrain), command: "serve"}
	}
	if o.perClient < 0 {
		return &usageError{msg: fmt.Sprintf("--per-client %d is not a number of requests", o.perClient), command: "serve"}
	}
	proxies, err := client.ParseProxies(o.trustedProxy)
	if err != nil {
		return &usageError{msg: "--trusted-proxy " + err.Error(), command: "serve"}
	}
	log := slog.New(slog.NewTextHandler(env.stderr, nil))
	fsys, closeFS, err := openContent(o.content)
	if err != nil {
		return err
	}
	defer closeFS()

	// Listening comes first: a port in use is told at once, and a load balancer can ask /healthz while the pages are read.
	listener, err := listen(ctx, o.addr)
	if err != nil {
		return listenError(o.addr, err)
	}
	log.Info("listening", "addr", listener.Addr().String())
	var handler atomic.Pointer[http.Handler]
	handler.Store(new(http.Handler(http.HandlerFunc(starting))))
	web := newWebServer(&handler, log)
	web.serve(listener)

	site, err := orAbandon(ctx, patience, func() (*openSite, error) { return o.site(ctx, fsys, proxies, env, log) })
	switch {
	case err != nil && ctx.Err() != nil: // told to stop while the pages were read
		return web.stop(ctx)
	case err != nil:
		return errors.Join(err, web.stop(ctx))
	}
	defer site.close()
	handler.Store(new(site.server.Handler()))
	fmt.Fprintf(env.stderr, "casebook: serving http://%s/\n", listener.Addr())

	select {
	case <-ctx.Done():
		// Readers who keep their connection open may ask again at this very moment, and Shutdown would cut them off: let
		// their next answer close it, and a load balancer see that it should look elsewhere.
		site.server.Drain()
		log.Info("stopping", "in", o.drain)
		select {
		case <-o.after(o.drain):
			return web.stop(ctx)
		case err := <-web.served:
			return fmt.Errorf("serving %s: %w", o.addr, err)
		}
	case err := <-web.served:
		return fmt.Errorf("serving %s: %w", o.addr, err)
	}
}

// newWebServer returns a server of whatever handler holds, with a bound on
// everything that a stranger may send.
func newWebServer(handler *atomic.Pointer[http.Handler], log *slog.Logger) *gracefulServer {
	return &gracefulServer{Server: http.Server{
		Handler:           http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*handler.Load()).ServeHTTP(w, r) }),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}}
}

// An openSite is a server with the pages that it serves.
type openSite struct {
	server *server.Server
	close  func()
}

// site reads the pages and opens the server of them.
func (o *serveOptions) site(ctx context.Context, fsys fs.FS, proxies client.Proxies, env environment, log *slog.Logger) (*openSite, error) {
	begun := env.now()
	snapshot, problems, err := o.snapshot(ctx, fsys, env, log)
	if err != nil {
		return nil, err
	}
	lib := snapshot.Library()
	for _, p := range problems {
		if p.Severity == content.Error {
			log.Warn("left out", "problem", p.Error())
		}
	}
	live := index.NewLive(snapshot)
	site, err := server.New(server.Config{
		Acquire: func() server.Corpus {
			if s := live.Acquire(); s != nil {
				return s
			}
			return nil // closed: not a pointer that is nil
		},
		Log:      log,
		BaseURL:  o.baseURL,
		Version:  version(),
		Problems: func() content.Problems { return problems },
		Now:      env.now,
		Files:    fsys,

		PageCache:      int(o.pageCache),
		PerClient:      o.perClient,
		TrustedProxies: proxies,
	})
	if err != nil {
		live.Close()
		return nil, err
	}
	log.Info("ready", "pages", lib.Len(), "left_out", len(lib.LeftOut), "revision", lib.Revision, "took", env.now().Sub(begun).Round(time.Millisecond))
	return &openSite{site, live.Close}, nil
}

// snapshot returns the pages ready to be searched: from the index on disk if
// there is one to be used, else read and indexed anew.
func (o *serveOptions) snapshot(ctx context.Context, fsys fs.FS, env environment, log *slog.Logger) (*index.Snapshot, content.Problems, error) {
	if o.index != "" {
		stored, _, err := openIndex(ctx, env, o.index, fsys, o.content, true, func(what, why string) { log.Info(what, "why", why) })
		if err != nil {
			return nil, nil, err
		}
		return stored.Snapshot, stored.Problems, nil
	}
	lib, problems, err := load.Load(ctx, fsys, load.Options{Today: env.now()})
	if err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", contentName(o.content), err)
	}
	snapshot, err := index.Build(ctx, lib, index.Options{})
	if err != nil {
		return nil, nil, fmt.Errorf("indexing %s: %w", contentName(o.content), err)
	}
	return snapshot, problems, nil
}

// starting answers while the pages are being read.
func starting(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	if r.URL.Path == "/healthz" {
		fmt.Fprintln(w, "ok")
		return
	}
	w.Header().Set("Retry-After", "1")
	w.WriteHeader(http.StatusServiceUnavailable)
	fmt.Fprintln(w, "Casebook is reading its pages. Try again in a moment.")
}

// listenError says in one line why addr cannot be had.
func listenError(addr string, err error) error {
	var reason error = err
	if op, ok := errors.AsType[*net.OpError](err); ok {
		reason = op.Err
	}
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%s is in use by another program; choose another with --addr, for example --addr 127.0.0.1:0 for any free port", addr)
	case errors.Is(err, os.ErrPermission):
		return fmt.Errorf("%s may not be used by this user; choose a port above 1023 with --addr", addr)
	}
	return &usageError{msg: fmt.Sprintf("cannot listen on %q: %v; --addr is HOST:PORT, for example 127.0.0.1:8080", addr, reason), command: "serve"}
}
