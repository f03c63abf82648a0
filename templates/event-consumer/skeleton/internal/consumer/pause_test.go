package consumer

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"

	"service/internal/events"
	"service/internal/store"
)

func newPause(t *testing.T, paused func(string) bool) *pause {
	t.Helper()
	metrics, err := NewMetrics("reader")
	if err != nil {
		t.Fatal(err)
	}
	return &pause{
		paused:  func(_ context.Context, topic string) bool { return paused(topic) },
		logger:  slog.New(slog.DiscardHandler),
		metrics: metrics,
	}
}

func TestAPauseIsOverWhenItIsTurnedOn(t *testing.T) {
	var asked atomic.Int32
	// Once for whether it is paused at all, and once more for whether it still is.
	p := newPause(t, func(topic string) bool { return topic == "notes" && asked.Add(1) <= 2 })
	if !p.over(t.Context(), record()) {
		t.Error("not over")
	}
}

func TestAPauseEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	p := newPause(t, func(string) bool { stop(); return true })
	if p.over(ctx, record()) {
		t.Error("an event was begun that was turned off")
	}
}

func TestAnEventThatWaitsIsNotTriedWhileItIsTurnedOff(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	attempts := 0
	p := newProcessor(t, func(context.Context, events.Event, store.Tx) error {
		attempts++
		return events.Unavailable(errors.New("the database is away"))
	}, nil)
	p.pause = newPause(t, func(string) bool { stop(); return true })
	if p.process(ctx, t.Context(), record()) {
		t.Error("it was settled")
	}
	if attempts != 1 {
		t.Errorf("tried %d times", attempts)
	}
}
