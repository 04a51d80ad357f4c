// Package server turns a corpus of checked pages into a web site: a URL
// becomes a search.Query, the Corpus answers it, the answer becomes one
// struct per page, a template makes it HTML in memory, and only then is
// anything sent. It knows HTTP and html/template; it knows neither the index
// nor the domain of the pages.
//
// Here is what is asked and who answers: routes, the admission of requests,
// what a path of the content means, errors, templates. Below are the rooms that
// each know one thing: address the URLs, say the program's own words, view what
// pages show, api the interface for programs, web how answers are sent, client
// who asks, pagecache what was answered already.
//
// A new page of the program has its view below view, its template, its messages,
// its line in address.OwnPages and, if it is made of the corpus alone, its line in
// view/site.Own; New fails while something is missing that answers it.
package server

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"

	"casebook/content"
	"casebook/search"
	"casebook/server/address"
	"casebook/server/client"
	"casebook/server/pagecache"
	"casebook/server/say"
	"casebook/server/view"
	"casebook/server/view/crawl"
	"casebook/server/web"
	"casebook/templates"
)

// Corpus is one consistent state of the pages: all that one request asks of
// a back end. It is safe for concurrent use until Release.
type Corpus interface {
	view.Corpus
	search.Fields
	// Release must be called once when the request is done.
	Release()
}

// Config is what a Server needs. Only Acquire is required.
type Config struct {
	// Acquire returns the newest corpus, or nil while there is none yet; readers then get 503.
	Acquire func() Corpus
	Log     *slog.Logger // nil discards
	// BaseURL is the address under which readers see the site, such as https://example.org or
	// https://example.org/casebook. Without it canonical links are left out, and what must be
	// absolute (site map, OpenSearch) uses the Host of the request.
	BaseURL  string
	Version  string                  // of the program, shown on the status page
	Problems func() content.Problems // of the newest load; nil if unknown
	Now      func() time.Time        // nil is time.Now
	// Timeout bounds the work on one request; 0 is DefaultTimeout.
	Timeout time.Duration
	// Places bounds how many requests are worked on at once, and with it the memory that a flood of
	// them takes; others wait, up to Timeout. 0 is 16 for each CPU.
	Places int
	// PerClient bounds how many of the places requests of one address may take; 0 is half of them.
	PerClient int
	// TrustedProxies are those whose word counts on the address of a reader.
	TrustedProxies client.Proxies
	// PageCache is how many bytes of answers are kept; 0 is none.
	PageCache int
	// Files is the content folder, for the images that stand among the pages; nil serves none.
	Files fs.FS
	// Templates replaces the files built into the program (for development); nil is templates.FS.
	Templates fs.FS
}

// DefaultTimeout is how long a request may work before it is answered with 503.
const DefaultTimeout = time.Second

// maxWaiting bounds how many requests of one address wait for a place.
const maxWaiting = 256

// A Server answers HTTP requests. It is safe for concurrent use.
type Server struct {
	cfg      Config
	log      *slog.Logger
	now      func() time.Time
	readers  *view.Readers
	static   *web.Static
	pages    map[string]*template.Template // by name of the page
	handler  http.Handler
	places   web.Places
	clients  *client.Places
	answers  *pagecache.Cache[*web.Answer]
	overload web.Overload
	draining atomic.Bool // see Drain
	// siteMapSize is crawl.SiteMapSize, but for tests.
	siteMapSize int
}

// New parses the templates, hashes the static files and checks the messages
// and, if there is a corpus already, its library against them (see Check).
func New(cfg Config) (*Server, error) {
	if cfg.Acquire == nil {
		return nil, errors.New("server: Config.Acquire is nil")
	}
	s := &Server{cfg: cfg, log: cfg.Log, now: cfg.Now, siteMapSize: crawl.SiteMapSize}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.cfg.Timeout == 0 {
		s.cfg.Timeout = DefaultTimeout
	}
	places := cfg.Places
	if places <= 0 {
		places = 16 * runtime.GOMAXPROCS(0)
	}
	s.places = web.NewPlaces(places)
	s.clients = client.NewPlaces(cmp.Or(cfg.PerClient, (places+1)/2), maxWaiting)
	s.answers = pagecache.New(cfg.PageCache, (*web.Answer).Size)
	s.overload.Log = s.log
	fsys := cfg.Templates
	if fsys == nil {
		fsys = templates.FS
	}
	var err error
	s.readers = &view.Readers{Version: cfg.Version, Now: s.now}
	if s.readers.Base, err = address.ParseBase(cfg.BaseURL); err != nil {
		return nil, fmt.Errorf("base URL %w", err)
	}
	report := func(lang, key, what string) { s.log.Error("message", "lang", lang, "key", key, "problem", what) }
	if s.readers.Messages, err = say.Load(fsys, report); err != nil {
		return nil, err
	}
	if s.static, err = web.LoadStatic(fsys, s.readers.Base.Root+"/static/"); err != nil {
		return nil, err
	}
	if s.pages, err = parseTemplates(fsys, s.funcs()); err != nil {
		return nil, err
	}
	if c := cfg.Acquire(); c != nil {
		defer c.Release()
		if err := s.Check(c.Library()); err != nil {
			return nil, err
		}
	}
	if s.handler, err = s.routes(); err != nil {
		return nil, err
	}
	return s, nil
}

// Handler returns the whole site, middleware included.
func (s *Server) Handler() http.Handler { return s.handler }

// Drain prepares for the end: every answer from now on closes its connection,
// so that a later http.Server.Shutdown cuts off none on which a reader is just
// asking again, and /readyz says 503, so that a load balancer sends no more.
func (s *Server) Drain() { s.draining.Store(true) }
