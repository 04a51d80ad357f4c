package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// A progress shows on a terminal how far a long build is: what it does, how
// fast, and how long it will take. Into a file or a pipe it says nothing.
type progress struct {
	w   io.Writer // nil to be silent
	now func() time.Time

	mu    sync.Mutex
	stage string
	begun time.Time // of the stage
	shown time.Time // the line that stands there
	width int       // of that line
}

// showEvery is the time between two lines.
const showEvery = 200 * time.Millisecond

func newProgress(env environment) *progress {
	p := &progress{now: env.now}
	if isTerminal(env.stderr) {
		p.w = env.stderr
	}
	return p
}

var stageNames = map[string]string{"read": "reading pages", "pack": "packing pages", "index": "indexing pages", "merge": "merging parts"}

// update is called from several goroutines, for each page or part.
func (p *progress) update(stage string, done, all int) {
	if p.w == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if stage != p.stage {
		p.stage, p.begun, p.shown = stage, now, now
		if p.width > 0 { // the work is long: say at once what it is now
			p.print(progressLine(stageNames[stage], done, all, 0))
		}
	}
	if now.Sub(p.shown) < showEvery {
		return
	}
	p.shown = now
	p.print(progressLine(stageNames[stage], done, all, now.Sub(p.begun)))
}

// progressLine says where a stage is after some time of it.
func progressLine(what string, done, all int, took time.Duration) string {
	line := fmt.Sprintf("%s: %d of %d", what, done, all)
	if rate := float64(done) / took.Seconds(); took > 0 && rate > 0 {
		left := time.Duration(float64(all-done) / rate * float64(time.Second))
		line += fmt.Sprintf(", %.0f a second, %s left", rate, left.Round(time.Second))
	}
	return line
}

func (p *progress) print(line string) {
	fmt.Fprintf(p.w, "\r%s%s", line, strings.Repeat(" ", max(0, p.width-len(line))))
	p.width = len(line)
}

// end takes the line away.
func (p *progress) end() {
	if p.w != nil && p.width > 0 {
		fmt.Fprintf(p.w, "\r%s\r", strings.Repeat(" ", p.width))
	}
}
