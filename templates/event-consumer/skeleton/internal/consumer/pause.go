package consumer

import (
	"context"
	"log/slog"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// pauseInterval is how often it is asked whether a pause is over.
const pauseInterval = time.Second

// pause holds events back while somebody has turned them off. Whoever waits keeps its
// partition: fetching stops once many events wait for it, and the group hears from this
// member all the same.
type pause struct {
	paused  func(ctx context.Context, topic string) bool
	logger  *slog.Logger
	metrics *Metrics
}

// over waits until an event may be tried, and tells whether it may.
func (p *pause) over(ctx context.Context, record *kgo.Record) bool {
	if !p.paused(ctx, record.Topic) {
		return ctx.Err() == nil
	}
	logger := p.logger.With("topic", record.Topic, "partition", record.Partition, "offset", record.Offset)
	logger.WarnContext(ctx, "partition paused")
	p.metrics.paused(1)
	defer p.metrics.paused(-1)
	for p.paused(ctx, record.Topic) {
		if !sleep(ctx, pauseInterval) {
			return false
		}
	}
	logger.InfoContext(ctx, "partition goes on")
	return ctx.Err() == nil
}
