// Package lifecycle knows whether the service should get work.
package lifecycle

import (
	"context"
	"sync/atomic"
	"time"
)

// State of a service.
type State int32

// The states, in the order a service goes through them.
const (
	Starting State = iota
	Ready
	Draining
)

func (s State) String() string {
	return [...]string{"starting", "ready", "draining"}[s]
}

// Lifecycle holds the state; its zero value is starting.
type Lifecycle struct{ state atomic.Int32 }

// State tells how the service stands.
func (l *Lifecycle) State() State { return State(l.state.Load()) }

// Enter moves on to a state.
func (l *Lifecycle) Enter(state State) { l.state.Store(int32(state)) }

// Within does work that must not take longer than the limit, whatever has ended
// already.
func Within(limit time.Duration, work func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	return work(ctx)
}
