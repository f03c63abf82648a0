// Package consumer reads a topic for a group: each partition in its order, each
// event until it is settled.
package consumer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/plugin/kotel"

	"service/internal/events"
	"service/internal/store"
)

const (
	// most events that one poll takes, and that wait for a worker before no more of
	// its partition are fetched.
	mostEvents = 500
	// longestPoll is how often the loop comes round when there is nothing to do.
	longestPoll = 5 * time.Second
	// longestHandOver is how long a rebalance waits for events in work: less than
	// the group's own patience.
	longestHandOver = 30 * time.Second
	lagInterval     = 5 * time.Second
)

// Options of a consumer.
type Options struct {
	// Client finds the brokers.
	Client   []kgo.Opt
	Route    Route
	Handlers map[string]Handler
	Decoder  *events.Decoder
	Store    store.Store
	// Paused tells whether the events of a topic are turned off at the moment.
	Paused func(ctx context.Context, topic string) bool
	// HandlerTimeout is how long one attempt may take.
	HandlerTimeout time.Duration
	// ShutdownTimeout is how long events in work may take at the end.
	ShutdownTimeout time.Duration
	Logger          *slog.Logger
	Metrics         *Metrics
	// Joined is called whenever the group has given this member its partitions.
	Joined func()
}

type partition struct {
	topic  string
	number int32
}

// Consumer is a member of a group.
type Consumer struct {
	options   Options
	client    *kgo.Client
	admin     *kadm.Client
	processor *processor
	pause     *pause
	mutex     sync.Mutex
	workers   map[partition]*worker
	polled    time.Time
}

// New makes a consumer that has not joined its group.
func New(options Options) (*Consumer, error) {
	c := &Consumer{options: options, workers: map[partition]*worker{}, polled: time.Now()}
	tracer := kotel.NewTracer(kotel.ConsumerGroup(options.Route.Group))
	client, err := kgo.NewClient(append([]kgo.Opt{
		kgo.ConsumerGroup(options.Route.Group),
		kgo.ConsumeTopics(options.Route.Topics()...),
		// A group that is new has missed nothing: it begins with what there is.
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.AutoCommitMarks(),
		kgo.AutoCommitInterval(time.Second),
		kgo.BlockRebalanceOnPoll(),
		kgo.OnPartitionsAssigned(c.assigned),
		kgo.OnPartitionsRevoked(c.revoked),
		kgo.OnPartitionsLost(c.lost),
		kgo.WithHooks(tracer),
		// Topics are made by whoever owns them, with partitions and retention.
		kgo.UnknownTopicRetries(3),
	}, options.Client...)...)
	if err != nil {
		return nil, fmt.Errorf("the client of Kafka: %w", err)
	}
	c.client, c.admin = client, kadm.NewClient(client)
	c.pause = &pause{paused: options.Paused, logger: options.Logger, metrics: options.Metrics}
	c.processor = &processor{
		route:    options.Route,
		handlers: options.Handlers,
		decoder:  options.Decoder,
		store:    options.Store,
		pause:    c.pause,
		timeout:  options.HandlerTimeout,
		logger:   options.Logger,
		metrics:  options.Metrics,
		tracer:   tracer,
		write: func(ctx context.Context, record *kgo.Record) error {
			return client.ProduceSync(ctx, record).FirstErr()
		},
	}
	return c, nil
}

// Run reads until the context ends. Events in work are then finished, for as long
// as the shutdown may take; whatever is not settled is given back to the group.
func (c *Consumer) Run(ctx context.Context) error {
	background, cancel := context.WithCancel(ctx)
	var watching sync.WaitGroup
	watching.Go(func() { c.watchLag(background) })
	for ctx.Err() == nil {
		c.poll(ctx)
	}
	cancel()
	watching.Wait()
	c.release(c.all(), c.options.ShutdownTimeout)
	// Beyond the context, which has ended already.
	committing, done := context.WithTimeout(context.Background(), longestPoll)
	defer done()
	err := c.client.CommitMarkedOffsets(committing)
	c.client.CloseAllowingRebalance()
	if err != nil {
		return fmt.Errorf("committing what was settled: %w", err)
	}
	return nil
}

// Healthy tells whether the consumer still comes round.
func (c *Consumer) Healthy() bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return time.Since(c.polled) < longestHandOver+3*longestPoll
}

func (c *Consumer) poll(ctx context.Context) {
	limited, cancel := context.WithTimeout(ctx, longestPoll)
	defer cancel()
	fetches := c.client.PollRecords(limited, mostEvents)
	defer c.client.AllowRebalance()
	fetches.EachError(func(topic string, number int32, err error) {
		if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
			c.options.Logger.Error("reading failed", "topic", topic, "partition", number, "error", err.Error())
		}
	})
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.polled = time.Now()
	fetches.EachPartition(func(fetched kgo.FetchTopicPartition) {
		at := partition{fetched.Topic, fetched.Partition}
		worker, found := c.workers[at]
		if !found || len(fetched.Records) == 0 {
			return
		}
		worker.add(fetched.Records)
	})
}

func (p partition) only() map[string][]int32 { return map[string][]int32{p.topic: {p.number}} }

func (c *Consumer) assigned(_ context.Context, client *kgo.Client, added map[string][]int32) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	client.ResumeFetchPartitions(added)
	for _, at := range flat(added) {
		c.workers[at] = c.startWorker(at)
	}
	c.options.Logger.Info("partitions assigned", "partitions", added)
	c.options.Joined()
}

// revoked hands over: events in work are finished and committed before another
// member may begin.
func (c *Consumer) revoked(ctx context.Context, client *kgo.Client, taken map[string][]int32) {
	c.release(flat(taken), longestHandOver)
	if err := client.CommitMarkedOffsets(ctx); err != nil {
		c.options.Logger.Warn("committing failed: some events will come again", "error", err.Error())
	}
}

// lost partitions are another member's already.
func (c *Consumer) lost(_ context.Context, _ *kgo.Client, taken map[string][]int32) {
	c.options.Logger.Warn("partitions lost", "partitions", taken)
	c.release(flat(taken), 0)
}

func flat(partitions map[string][]int32) []partition {
	var all []partition
	for topic, numbers := range partitions {
		for _, number := range numbers {
			all = append(all, partition{topic, number})
		}
	}
	return all
}

func (c *Consumer) all() []partition {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	var all []partition
	for at := range c.workers {
		all = append(all, at)
	}
	return all
}

// release lets workers finish the event that they are at, at most for a while.
func (c *Consumer) release(partitions []partition, patience time.Duration) {
	c.mutex.Lock()
	var leaving []*worker
	for _, at := range partitions {
		if worker, found := c.workers[at]; found {
			leaving = append(leaving, worker)
			delete(c.workers, at)
		}
	}
	c.mutex.Unlock()
	timer := time.AfterFunc(patience, func() {
		for _, worker := range leaving {
			worker.abort()
		}
	})
	defer timer.Stop()
	for _, worker := range leaving {
		worker.stop()
	}
	for _, worker := range leaving {
		<-worker.ended
	}
}
