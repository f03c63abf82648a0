package consumer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/plugin/kotel"
	"go.opentelemetry.io/otel/codes"

	"service/internal/events"
	"service/internal/logging"
	"service/internal/store"
)

// Handler does the work of an event. Its error decides what becomes of the event:
// see events.ErrPermanent and events.ErrUnavailable.
type Handler func(ctx context.Context, event events.Event, tx store.Tx) error

// Names of headers that retried and dead events carry.
const (
	headerNotBefore = "not-before"
	headerError     = "error"
	headerTopic     = "origin-topic"
	headerPartition = "origin-partition"
	headerOffset    = "origin-offset"
)

// processor settles events: they are done, or wait in another topic.
type processor struct {
	route    Route
	handlers map[string]Handler
	decoder  *events.Decoder
	store    store.Store
	pause    *pause
	timeout  time.Duration
	logger   *slog.Logger
	metrics  *Metrics
	tracer   *kotel.Tracer
	write    func(context.Context, *kgo.Record) error
}

// process settles an event, for as long as what it needs is there. It tells whether
// it did: soft keeps it from trying once more, hard ends what is running.
func (p *processor) process(soft, hard context.Context, record *kgo.Record) bool {
	began := time.Now()
	ctx, span := p.tracer.WithProcessSpan(record)
	defer span.End()
	ctx = logging.WithRequestID(ctx, events.Header(record, events.HeaderRequestID))
	logger := p.logger.With(
		"topic", record.Topic, "partition", record.Partition, "offset", record.Offset,
		"event_type", events.Header(record, events.HeaderType),
		"event_id", events.Header(record, events.HeaderID),
	)
	for wait := (backoff{}); ; {
		attempt, cancel := context.WithTimeout(ctx, p.timeout)
		stop := context.AfterFunc(hard, cancel)
		outcome, err := p.attempt(attempt, hard, record)
		stop()
		cancel()
		if errors.Is(err, events.ErrUnavailable) {
			delay := wait.next()
			logger.WarnContext(ctx, "event waits", "error", err.Error(), "delay_ms", delay.Milliseconds())
			if !sleep(soft, delay) || !p.pause.over(soft, record) {
				return false
			}
			continue
		}
		level := slog.LevelInfo
		about := []any{"outcome", outcome, "duration_ms", float64(time.Since(began).Microseconds()) / 1000}
		if err != nil {
			level = slog.LevelWarn
			if outcome == Dead {
				level = slog.LevelError
			}
			span.SetStatus(codes.Error, err.Error())
			about = append(about, "error", err.Error())
		}
		logger.Log(ctx, level, "event settled", about...)
		p.metrics.settled(ctx, record.Topic, outcome, began, events.Written(record))
		return true
	}
}

// attempt tries once. An error beside an outcome is why the event failed; an error
// that is events.ErrUnavailable leaves the event where it is.
func (p *processor) attempt(ctx, hard context.Context, record *kgo.Record) (Outcome, error) {
	outcome, err := p.handle(ctx, record)
	if err == nil || errors.Is(err, events.ErrUnavailable) {
		return outcome, err
	}
	// Ended from outside, the attempt says nothing of the event. That comes again from
	// where it is, so a copy elsewhere would be one too many.
	if hard.Err() != nil {
		return "", events.Unavailable(err)
	}
	next, delay := p.route.Next(record.Topic)
	if errors.Is(err, events.ErrPermanent) {
		next, delay = p.route.DeadLetters(), 0
	}
	// The attempt may have taken all its time; it is moved all the same.
	moving, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.timeout)
	defer cancel()
	if failure := p.write(moving, moved(ctx, record, next, delay, err)); failure != nil {
		return "", events.Unavailable(fmt.Errorf("writing to %s: %w", next, failure))
	}
	if next == p.route.DeadLetters() {
		return Dead, err
	}
	return Retried, err
}

func (p *processor) handle(ctx context.Context, record *kgo.Record) (outcome Outcome, err error) {
	event, err := events.Read(record, p.decoder)
	if err != nil {
		return "", err
	}
	handler, found := p.handlers[event.Type]
	if !found {
		return Ignored, nil
	}
	// One broken event must not end all others.
	defer func() {
		if cause := recover(); cause != nil {
			p.logger.ErrorContext(ctx, "handler panicked", "error", cause, "stack", string(debug.Stack()))
			err = events.Permanent(fmt.Errorf("the handler panicked: %v", cause))
		}
	}()
	fresh, err := p.store.Once(ctx, event.ID, func(tx store.Tx) error { return handler(ctx, event, tx) })
	if err != nil {
		return "", err
	}
	if !fresh {
		return Duplicate, nil
	}
	return Done, nil
}

// moved is the same event for another topic, with where it comes from and why.
func moved(ctx context.Context, record *kgo.Record, topic string, delay time.Duration, why error) *kgo.Record {
	next := &kgo.Record{
		Topic:   topic,
		Key:     record.Key,
		Value:   record.Value,
		Headers: append([]kgo.RecordHeader(nil), record.Headers...),
	}
	for name, value := range map[string]string{
		events.HeaderFirstWritten: events.Written(record).UTC().Format(time.RFC3339Nano),
		events.HeaderRequestID:    logging.RequestID(ctx),
		headerNotBefore:           time.Now().Add(delay).UTC().Format(time.RFC3339Nano),
		headerError:               why.Error(),
		headerTopic:               record.Topic,
		headerPartition:           fmt.Sprint(record.Partition),
		headerOffset:              fmt.Sprint(record.Offset),
	} {
		events.SetHeader(next, name, value)
	}
	return next
}

// due waits until an event may be tried, and tells whether it may. In a topic of
// one delay the first event is always the first to be due.
func due(ctx context.Context, record *kgo.Record) bool {
	at, err := time.Parse(time.RFC3339Nano, events.Header(record, headerNotBefore))
	if err != nil {
		return ctx.Err() == nil
	}
	return sleep(ctx, time.Until(at))
}
