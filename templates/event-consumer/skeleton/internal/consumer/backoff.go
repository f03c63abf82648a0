package consumer

import (
	"context"
	"math/rand/v2"
	"time"
)

const (
	shortestWait = 100 * time.Millisecond
	longestWait  = 30 * time.Second
)

// backoff doubles each wait. Half of it is random, so that replicas do not come
// back all at once.
type backoff struct{ last time.Duration }

func (b *backoff) next() time.Duration {
	b.last = min(max(2*b.last, shortestWait), longestWait)
	return b.last/2 + rand.N(b.last/2)
}

// sleep tells whether the whole time has passed before the context ended.
func sleep(ctx context.Context, duration time.Duration) bool {
	timer := time.NewTimer(duration)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return ctx.Err() == nil
	}
}
