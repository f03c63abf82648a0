package consumer

import (
	"context"
	"errors"
	"time"
)

// watchLag measures until the context ends.
func (c *Consumer) watchLag(ctx context.Context) {
	ticker := time.NewTicker(lagInterval)
	defer ticker.Stop()
	for {
		if err := c.measureLag(ctx); err != nil && !errors.Is(err, context.Canceled) {
			c.options.Logger.Warn("measuring the lag failed", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// measureLag counts what is not settled in the partitions that this member has.
// Members add up to the group, because each partition is one member's.
func (c *Consumer) measureLag(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, lagInterval)
	defer cancel()
	topics := c.options.Route.Topics()
	starts, err := c.admin.ListStartOffsets(limited, topics...)
	if err != nil {
		return err
	}
	ends, err := c.admin.ListEndOffsets(limited, topics...)
	if err != nil {
		return err
	}
	committed := c.client.CommittedOffsets()
	lag := map[partition]int64{}
	for _, at := range c.all() {
		end, known := ends.Lookup(at.topic, at.number)
		if !known || end.Err != nil {
			continue
		}
		// Without a commit, all that is there is left.
		start, _ := starts.Lookup(at.topic, at.number)
		settled := start.Offset
		if offset, found := committed[at.topic][at.number]; found {
			settled = max(settled, offset.Offset)
		}
		lag[at] = max(0, end.Offset-settled)
	}
	c.options.Metrics.setLag(lag)
	return nil
}
