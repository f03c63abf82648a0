package consumer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/plugin/kotel"

	"service/internal/events"
	"service/internal/store"
)

const kind = "note-changed"

// newProcessor of one handler; write is asked for each event that moves.
func newProcessor(t *testing.T, handler Handler, write func(*kgo.Record) error) *processor {
	t.Helper()
	metrics, err := NewMetrics("reader")
	if err != nil {
		t.Fatal(err)
	}
	return &processor{
		route:    Route{Topic: "notes", Group: "reader", Delays: []time.Duration{time.Second}},
		handlers: map[string]Handler{kind: handler},
		store:    store.NewMemory(),
		pause:    newPause(t, func(string) bool { return false }),
		timeout:  time.Minute,
		logger:   slog.New(slog.DiscardHandler),
		metrics:  metrics,
		tracer:   kotel.NewTracer(),
		write:    func(_ context.Context, record *kgo.Record) error { return write(record) },
	}
}

func record() *kgo.Record {
	record := &kgo.Record{Topic: "notes"}
	for name, value := range map[string]string{
		events.HeaderID: "1", events.HeaderSource: "test", events.HeaderType: kind,
	} {
		events.SetHeader(record, name, value)
	}
	return record
}

func TestAnEventThatIsTakenAwayInWorkIsNotMoved(t *testing.T) {
	soft, stop := context.WithCancel(t.Context())
	hard, abort := context.WithCancel(t.Context())
	defer abort()
	moves := 0
	p := newProcessor(t, func(ctx context.Context, _ events.Event, _ store.Tx) error {
		stop()
		abort()
		<-ctx.Done()
		return fmt.Errorf("asking another service: %w", ctx.Err())
	}, func(*kgo.Record) error { moves++; return nil })
	if p.process(soft, hard, record()) {
		t.Error("it is settled, though nothing became of it")
	}
	if moves != 0 {
		t.Errorf("%d copies were made of an event that comes again", moves)
	}
}

func TestAnEventThatWasMovedIsSettledThoughItIsTakenAwayThen(t *testing.T) {
	soft, stop := context.WithCancel(t.Context())
	hard, abort := context.WithCancel(t.Context())
	defer abort()
	moves := 0
	p := newProcessor(t, func(context.Context, events.Event, store.Tx) error {
		return errors.New("not yet")
	}, func(*kgo.Record) error {
		moves++
		stop()
		abort()
		return nil
	})
	if !p.process(soft, hard, record()) {
		t.Error("it comes again, though it waits in another topic")
	}
	if moves != 1 {
		t.Errorf("%d copies were made, not one", moves)
	}
}
