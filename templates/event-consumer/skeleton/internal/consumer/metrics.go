package consumer

import (
	"context"
	"fmt"
	"sync"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// Outcome of one attempt at an event.
type Outcome string

// The outcomes. All but Retried are final.
const (
	Done      Outcome = "done"
	Duplicate Outcome = "duplicate"
	// Ignored events are of a type that nothing handles.
	Ignored Outcome = "ignored"
	Retried Outcome = "retried"
	Dead    Outcome = "dead"
)

// Metrics of the consumer, under the names of OpenTelemetry's conventions where
// these have one.
type Metrics struct {
	group    attribute.KeyValue
	duration metric.Float64Histogram
	age      metric.Float64Histogram
	waiting  metric.Int64UpDownCounter
	mutex    sync.Mutex
	lag      map[partition]int64
}

// NewMetrics registers what is measured.
func NewMetrics(group string) (*Metrics, error) {
	m := &Metrics{group: attribute.String("messaging.consumer.group.name", group)}
	meter := otel.Meter("service/internal/consumer")
	var err error
	if m.duration, err = meter.Float64Histogram("messaging.process.duration",
		metric.WithUnit("s"),
		metric.WithDescription("How long an attempt at an event took."),
		metric.WithExplicitBucketBoundaries(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10),
	); err != nil {
		return nil, fmt.Errorf("measuring durations: %w", err)
	}
	if m.age, err = meter.Float64Histogram("messaging.event.age",
		metric.WithUnit("s"),
		metric.WithDescription("How long after it was written an event was settled."),
		metric.WithExplicitBucketBoundaries(.1, .5, 1, 5, 15, 60, 300, 900, 3600, 21600),
	); err != nil {
		return nil, fmt.Errorf("measuring ages: %w", err)
	}
	if m.waiting, err = meter.Int64UpDownCounter("kafka.consumer_group.paused",
		metric.WithUnit("{partition}"),
		metric.WithDescription("Partitions of this replica that wait because events are turned off."),
	); err != nil {
		return nil, fmt.Errorf("measuring pauses: %w", err)
	}
	// None is a number too, and not the same as nothing known.
	m.paused(0)
	_, err = meter.Int64ObservableGauge("kafka.consumer_group.lag",
		metric.WithUnit("{event}"),
		metric.WithDescription("Events of the partitions of this replica that are not settled."),
		metric.WithInt64Callback(m.observeLag),
	)
	if err != nil {
		return nil, fmt.Errorf("measuring lag: %w", err)
	}
	return m, nil
}

func (m *Metrics) settled(ctx context.Context, topic string, outcome Outcome, began, written time.Time) {
	about := metric.WithAttributes(
		m.group,
		attribute.String("messaging.system", "kafka"),
		attribute.String("messaging.operation.name", "process"),
		attribute.String("messaging.destination.name", topic),
		attribute.String("outcome", string(outcome)),
	)
	m.duration.Record(ctx, time.Since(began).Seconds(), about)
	if outcome != Retried {
		m.age.Record(ctx, time.Since(written).Seconds(), metric.WithAttributes(m.group))
	}
}

func (m *Metrics) paused(more int64) {
	m.waiting.Add(context.Background(), more, metric.WithAttributes(m.group))
}

func (m *Metrics) setLag(lag map[partition]int64) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.lag = lag
}

func (m *Metrics) observeLag(_ context.Context, observer metric.Int64Observer) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for at, events := range m.lag {
		observer.Observe(events, metric.WithAttributes(
			m.group,
			attribute.String("messaging.destination.name", at.topic),
			attribute.Int("messaging.destination.partition.id", int(at.number)),
		))
	}
	return nil
}
