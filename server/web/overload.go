package web

import (
	"log/slog"
	"sync"
	"time"
)

// Overload logs the answers that were refused because there was too much to
// do: the first at once, then at most one line a second with their number. A
// line for each would be more to do. Log must be set; the rest is zero.
type Overload struct {
	Log *slog.Logger

	mu       sync.Mutex
	counting bool // a line was written less than a second ago
	more     int  // refused since
	last     error
}

// overloadEvery is the time between two lines.
const overloadEvery = time.Second

// Add notes a refused answer and why it was refused.
func (o *Overload) Add(why error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.counting {
		o.more, o.last = o.more+1, why
		return
	}
	o.counting = true
	o.write(1, why)
}

func (o *Overload) write(n int, why error) {
	o.Log.Warn("overloaded", "refused", n, "why", why)
	time.AfterFunc(overloadEvery, o.sum)
}

func (o *Overload) sum() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.more == 0 {
		o.counting = false
		return
	}
	n := o.more
	o.more = 0
	o.write(n, o.last)
}
