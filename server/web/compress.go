package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// An encoding is a value of Content-Encoding.
type encoding string

const (
	identity encoding = ""
	gzipped  encoding = "gzip"
	brotlied encoding = "br"
)

// A level is how hard to compress.
type level int

const (
	fast level = iota // for each page as it is sent
	best              // once, for static files
)

// minCompressed is the least body worth compressing: below it the answer
// takes one packet in any case.
const minCompressed = 1 << 10

// negotiate chooses the encoding for what a reader accepts. Brotli is
// preferred where both are equally welcome. No header, one that refuses both,
// or one that would rather have neither, means identity.
func negotiate(accept []string) encoding {
	const absent = -1.0
	br, gz, plain, any := absent, absent, absent, absent
	for _, header := range accept {
		for part := range strings.SplitSeq(header, ",") {
			name, params, _ := strings.Cut(part, ";")
			q := quality(params)
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "br":
				br = q
			case "gzip", "x-gzip":
				gz = q
			case "identity":
				plain = q
			case "*":
				any = q
			}
		}
	}
	if br == absent {
		br = any
	}
	if gz == absent {
		gz = any
	}
	switch {
	case plain > max(br, gz):
		return identity
	case br > 0 && br >= gz:
		return brotlied
	case gz > 0:
		return gzipped
	}
	return identity
}

// Encoding is the value of Content-Encoding in which a reader gets text, ""
// for none.
func Encoding(r *http.Request) string { return string(negotiate(r.Header.Values("Accept-Encoding"))) }

// quality reads ";q=0.5"; 1 where it is missing, 0 where it can't be read.
func quality(params string) float64 {
	for p := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		if strings.EqualFold(strings.TrimSpace(name), "q") {
			q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil || !(q >= 0 && q <= 1) {
				return 0
			}
			return q
		}
	}
	return 1
}

// A compressed body lives until release.
type compressed struct{ *bytes.Buffer }

func (c compressed) release() {
	if c.Cap() <= 1<<20 { // a rare large page must not stay in memory
		c.Reset()
		buffers.Put(c.Buffer)
	}
}

// compressor is what gzip and brotli writers have in common.
type compressor interface {
	io.WriteCloser
	Reset(io.Writer)
}

// The fast levels: on a list of 140 kB brotli 4 takes half of gzip 5's time and a
// twentieth fewer bytes (BenchmarkCompress); higher levels cost more than they save.
var (
	buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	fastGz  = sync.Pool{New: func() any { return newGzip(5) }}
	fastBr  = sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, 4) }}
)

func newGzip(n int) compressor {
	w, err := gzip.NewWriterLevel(nil, n)
	if err != nil { // not for the constants that it is called with
		return gzip.NewWriter(nil)
	}
	return w
}

func compress(enc encoding, lvl level, body []byte) compressed {
	var w compressor
	switch {
	case enc == gzipped && lvl == fast:
		w = fastGz.Get().(compressor)
		defer fastGz.Put(w)
	case enc == gzipped:
		w = newGzip(gzip.BestCompression)
	case lvl == fast:
		w = fastBr.Get().(compressor)
		defer fastBr.Put(w)
	default:
		w = brotli.NewWriterLevel(nil, brotli.BestCompression)
	}
	buf := buffers.Get().(*bytes.Buffer)
	w.Reset(buf)
	// Writing to a buffer doesn't fail.
	_, _ = w.Write(body)
	_ = w.Close()
	return compressed{buf}
}
