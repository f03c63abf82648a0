// Command dev brings what the service needs on the machine of whoever works on it:
//
//	dev broker    a fake Kafka and a fake schema registry, in memory
//	dev registry  the fake schema registry alone, beside a real Kafka
//	dev topics    the topics of the service in a real Kafka
//	dev send      one event of the example
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sr"
	"github.com/twmb/franz-go/pkg/sr/srfake"

	"service/internal/consumer"
	"service/internal/events"
	"service/internal/example"
	"service/internal/notes"
)

// partitions of each topic.
const partitions = 3

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	commands := map[string]func(context.Context, []string) error{
		"broker": broker, "registry": registry, "topics": topics, "send": send,
	}
	command, found := commands[strings.Join(os.Args[1:min(2, len(os.Args))], "")]
	if !found {
		log.Fatal("usage: dev broker | registry | topics | send")
	}
	if err := command(ctx, os.Args[2:]); err != nil {
		log.Fatal(err)
	}
}

func broker(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("broker", flag.ExitOnError)
	port := flags.Int("port", 9092, "where the fake Kafka listens")
	registryPort := flags.Int("registry-port", 8081, "where the fake schema registry listens")
	named := topicFlags(flags)
	_ = flags.Parse(args)
	cluster, err := kfake.NewCluster(
		kfake.NumBrokers(1), kfake.Ports(*port), kfake.SeedTopics(partitions, named()...),
	)
	if err != nil {
		return fmt.Errorf("starting the fake Kafka: %w", err)
	}
	defer cluster.Close()
	log.Printf("fake Kafka at 127.0.0.1:%d", *port)
	return registry(ctx, []string{"-port", strconv.Itoa(*registryPort)})
}

// topicFlags tell which topics the service has; the defaults are those of
// .env.development.
func topicFlags(flags *flag.FlagSet) func() []string {
	topic := flags.String("topic", "notes", "KAFKA_TOPIC of the service")
	group := flags.String("group", "reader", "KAFKA_GROUP of the service")
	retries := flags.Int("retries", 2, "how many RETRY_DELAYS it has")
	return func() []string {
		route := consumer.Route{Topic: *topic, Group: *group, Delays: make([]time.Duration, *retries)}
		return append(route.Topics(), route.DeadLetters())
	}
}

func topics(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("topics", flag.ExitOnError)
	brokers := flags.String("brokers", "127.0.0.1:9092", "brokers of Kafka")
	named := topicFlags(flags)
	_ = flags.Parse(args)
	client, err := kgo.NewClient(kgo.SeedBrokers(strings.Split(*brokers, ",")...))
	if err != nil {
		return err
	}
	defer client.Close()
	made, err := kadm.NewClient(client).CreateTopics(ctx, partitions, -1, nil, named()...)
	if err != nil {
		return fmt.Errorf("making the topics: %w", err)
	}
	return made.Error()
}

func registry(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("registry", flag.ExitOnError)
	port := flags.Int("port", 8081, "where it listens")
	_ = flags.Parse(args)
	fake := srfake.New()
	defer fake.Close()
	server := &http.Server{
		Addr:              fmt.Sprintf("127.0.0.1:%d", *port),
		Handler:           fake.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
	}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	log.Printf("fake schema registry at http://%s", server.Addr)
	if err := server.ListenAndServe(); ctx.Err() == nil {
		return err
	}
	return nil
}

func send(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("send", flag.ExitOnError)
	brokers := flags.String("brokers", "127.0.0.1:9092", "brokers of Kafka")
	address := flags.String("registry", "http://127.0.0.1:8081", "the schema registry")
	topic := flags.String("topic", "notes", "the topic")
	id := flags.String("id", strconv.FormatInt(time.Now().UnixNano(), 36), "the id of the event; one that was sent before is a duplicate")
	key := flags.String("key", "opening-hours", "the key of the note")
	revision := flags.Int64("revision", 1, "its revision")
	text := flags.String("text", "9 to 5", "its text")
	version := flags.Int("version", 0, "the version of the schema; the newest one is the default")
	raw := flags.String("raw", "", "these bytes instead of an event that fits the schema")
	headers := flags.String("headers", "", "more headers: name=value,name=value")
	_ = flags.Parse(args)

	producer, err := sr.NewClient(sr.URLs(*address))
	if err != nil {
		return err
	}
	record, err := example.Record(ctx, producer, *topic, example.Event{
		ID:      *id,
		Version: *version,
		Changed: notes.Changed{Key: *key, Revision: *revision, Text: *text},
	})
	if err != nil {
		return err
	}
	if *raw != "" {
		record.Value = []byte(*raw)
	}
	for header := range strings.SplitSeq(*headers, ",") {
		if name, value, found := strings.Cut(header, "="); found {
			events.SetHeader(record, name, value)
		}
	}
	client, err := kgo.NewClient(kgo.SeedBrokers(strings.Split(*brokers, ",")...))
	if err != nil {
		return err
	}
	defer client.Close()
	sent, err := client.ProduceSync(ctx, record).First()
	if err != nil {
		return fmt.Errorf("sending: %w", err)
	}
	log.Printf("sent %s to %s, partition %d, offset %d", *id, sent.Topic, sent.Partition, sent.Offset)
	return nil
}
