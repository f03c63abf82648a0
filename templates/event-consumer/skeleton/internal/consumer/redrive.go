package consumer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"service/internal/events"
)

// Redrive gives the dead letters that there are another chance: they go to the first
// topic for retries, and are due at once. It tells how many went, and remembers how
// far it came in a group of its own.
func Redrive(ctx context.Context, options []kgo.Opt, route Route) (int, error) {
	group := route.Group + ".redrive"
	client, err := kgo.NewClient(append([]kgo.Opt{
		kgo.ConsumerGroup(group),
		kgo.ConsumeTopics(route.DeadLetters()),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.DisableAutoCommit(),
	}, options...)...)
	if err != nil {
		return 0, fmt.Errorf("the client of Kafka: %w", err)
	}
	defer client.Close()
	// What dies again in the meantime is left for another time.
	left, err := leftOf(ctx, kadm.NewClient(client), group, route.DeadLetters())
	if err != nil {
		return 0, err
	}
	moved := 0
	for moved < left {
		fetches := client.PollRecords(ctx, left-moved)
		if err := fetches.Err(); err != nil {
			return moved, fmt.Errorf("reading dead letters: %w", err)
		}
		for _, record := range fetches.Records() {
			again := &kgo.Record{Topic: route.Retry(1), Key: record.Key, Value: record.Value, Headers: record.Headers}
			events.SetHeader(again, headerNotBefore, time.Now().UTC().Format(time.RFC3339Nano))
			if err := client.ProduceSync(ctx, again).FirstErr(); err != nil {
				return moved, fmt.Errorf("writing to %s: %w", again.Topic, err)
			}
			if err := client.CommitRecords(ctx, record); err != nil {
				return moved, fmt.Errorf("remembering how far it came: %w", err)
			}
			moved++
		}
	}
	return moved, nil
}

func leftOf(ctx context.Context, admin *kadm.Client, group, topic string) (int, error) {
	starts, err := admin.ListStartOffsets(ctx, topic)
	if err != nil {
		return 0, fmt.Errorf("finding dead letters: %w", err)
	}
	ends, err := admin.ListEndOffsets(ctx, topic)
	if err != nil {
		return 0, fmt.Errorf("finding dead letters: %w", err)
	}
	committed, err := admin.FetchOffsets(ctx, group)
	// The group is made when it is joined, which may be later: nothing is committed then.
	if err != nil && !errors.Is(err, kerr.GroupIDNotFound) {
		return 0, fmt.Errorf("finding how far it came: %w", err)
	}
	left := int64(0)
	ends.Each(func(end kadm.ListedOffset) {
		from := int64(0)
		if start, found := starts.Lookup(topic, end.Partition); found {
			from = start.Offset
		}
		if done, found := committed.Lookup(topic, end.Partition); found {
			from = max(from, done.At)
		}
		left += max(0, end.Offset-from)
	})
	return int(left), nil
}
