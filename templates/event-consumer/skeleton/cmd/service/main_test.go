package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sr"
	"github.com/twmb/franz-go/pkg/sr/srfake"

	"service/internal/config"
	"service/internal/events"
	"service/internal/example"
	"service/internal/logtest"
	"service/internal/notes"
)

const topic = "notes"

// world is a fake Kafka and a fake registry, in this process.
type world struct {
	cluster  *kfake.Cluster
	registry *srfake.Registry
	client   *kgo.Client
}

func newWorld(t *testing.T) *world {
	t.Helper()
	route := routeOf(config.Config{
		Kafka:       config.Kafka{Topic: topic, Group: "reader"},
		RetryDelays: make([]time.Duration, 2),
	})
	cluster, err := kfake.NewCluster(
		kfake.NumBrokers(1),
		kfake.SeedTopics(2, append(route.Topics(), route.DeadLetters())...),
	)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cluster.Close)
	registry := srfake.New()
	t.Cleanup(registry.Close)
	client, err := kgo.NewClient(
		kgo.SeedBrokers(cluster.ListenAddrs()...),
		kgo.ConsumeTopics(route.DeadLetters()),
	)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return &world{cluster, registry, client}
}

func (w *world) environment(more map[string]string) map[string]string {
	environment := map[string]string{
		"APP_ENV": "test", "HOST": "127.0.0.1", "PORT": "0", "STORE": "memory",
		"KAFKA_BROKERS":       strings.Join(w.cluster.ListenAddrs(), ","),
		"KAFKA_SECURITY":      "plaintext",
		"KAFKA_TOPIC":         topic,
		"KAFKA_GROUP":         "reader",
		"SCHEMA_REGISTRY_URL": w.registry.URL(),
		"RETRY_DELAYS":        "50ms,100ms",
	}
	maps.Copy(environment, more)
	return environment
}

func (w *world) send(t *testing.T, id string, change notes.Changed, edits ...func(*kgo.Record)) {
	t.Helper()
	registry, err := sr.NewClient(sr.URLs(w.registry.URL()))
	if err != nil {
		t.Fatal(err)
	}
	record, err := example.Record(t.Context(), registry, topic, example.Event{ID: id, Changed: change})
	if err != nil {
		t.Fatal(err)
	}
	for _, edit := range edits {
		edit(record)
	}
	if err := w.client.ProduceSync(t.Context(), record).FirstErr(); err != nil {
		t.Fatal(err)
	}
}

// dead waits for the next dead letter.
func (w *world) dead(t *testing.T) *kgo.Record {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		fetches := w.client.PollRecords(ctx, 1)
		if err := fetches.Err(); err != nil {
			t.Fatalf("no dead letter: %v", err)
		}
		// Polls also come back without anything.
		for _, record := range fetches.Records() {
			return record
		}
	}
}

// started is a service in this process.
type started struct {
	logs  *logtest.Logs
	stop  context.CancelFunc
	ended chan error
}

func start(t *testing.T, environment map[string]string) *started {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	s := &started{logs: &logtest.Logs{}, stop: stop, ended: make(chan error, 1)}
	go func() {
		s.ended <- run(ctx, func(name string) string { return environment[name] }, s.logs)
		close(s.ended)
	}()
	t.Cleanup(func() {
		stop()
		<-s.ended
	})
	return s
}

func (s *started) end(t *testing.T) {
	t.Helper()
	s.stop()
	if err := <-s.ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}

// outcomes of an event so far, joined.
func (s *started) outcomes(t *testing.T, id string) string {
	t.Helper()
	var found []string
	for _, line := range s.logs.Lines(t) {
		if line["msg"] == "event settled" && line["event_id"] == id {
			found = append(found, line["outcome"].(string))
		}
	}
	return strings.Join(found, " ")
}

// awaits until an event had these outcomes, or others that are as good.
func (s *started) awaits(t *testing.T, id string, outcomes ...string) {
	t.Helper()
	var last string
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if last = s.outcomes(t, id); slices.Contains(outcomes, last) {
			return
		}
	}
	t.Fatalf("the outcomes of %s are %q, not one of %q", id, last, outcomes)
}

func get(t *testing.T, s *started, path string) (int, string) {
	t.Helper()
	address := s.logs.Await(t, "started")["address"].(string)
	response, err := http.Get("http://" + address + path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestAnEventIsDoneOnce(t *testing.T) {
	world := newWorld(t)
	service := start(t, world.environment(nil))
	for range 2 {
		world.send(t, "1", notes.Changed{Key: "a", Revision: 1})
	}
	service.awaits(t, "1", "done duplicate")
	service.end(t)

	// What was settled is committed: another member does not get it again.
	service = start(t, world.environment(nil))
	world.send(t, "2", notes.Changed{Key: "a", Revision: 1})
	service.awaits(t, "2", "done")
	if again := service.outcomes(t, "1"); again != "" {
		t.Errorf("came again: %s", again)
	}
}

func TestAnEarlyEventIsTriedAgainWhileOthersGoOn(t *testing.T) {
	world := newWorld(t)
	// However slow the machine: the last wait is long enough.
	service := start(t, world.environment(map[string]string{"RETRY_DELAYS": "50ms,5s"}))
	world.send(t, "late", notes.Changed{Key: "a", Revision: 2})
	world.send(t, "first", notes.Changed{Key: "a", Revision: 1})
	service.awaits(t, "first", "done")
	service.awaits(t, "late", "retried done", "retried retried done")
}

func TestAnEventThatKeepsFailingIsGivenUp(t *testing.T) {
	world := newWorld(t)
	service := start(t, world.environment(nil))
	world.send(t, "gap", notes.Changed{Key: "a", Revision: 5}, func(record *kgo.Record) {
		events.SetHeader(record, events.HeaderRequestID, "request-1")
	})
	service.awaits(t, "gap", "retried retried dead")
	letter := world.dead(t)
	for name, want := range map[string]string{
		"error":        "revision 5 came before revision 1",
		"origin-topic": "notes.reader.retry.2",
		"x-request-id": "request-1",
		"ce_id":        "gap",
	} {
		if got := events.Header(letter, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for _, line := range service.logs.Lines(t) {
		if line["event_id"] == "gap" && line["request_id"] != "request-1" {
			t.Errorf("without its request: %v", line)
		}
	}

	// Once the reason is gone, dead letters get another chance.
	for revision := range int64(4) {
		id := fmt.Sprint("filled ", revision)
		world.send(t, id, notes.Changed{Key: "a", Revision: revision + 1})
		service.awaits(t, id, "done")
	}
	environment := world.environment(nil)
	if err := redrive(t.Context(), func(name string) string { return environment[name] }, service.logs); err != nil {
		t.Fatal(err)
	}
	service.awaits(t, "gap", "retried retried dead done")
}

func TestWhatBreaksTheContractIsGivenUpAtOnce(t *testing.T) {
	world := newWorld(t)
	service := start(t, world.environment(nil))
	for id, edit := range map[string]func(*kgo.Record){
		"no id":             func(record *kgo.Record) { events.SetHeader(record, events.HeaderID, "") },
		"no schema":         func(record *kgo.Record) { record.Value = []byte("{}") },
		"an unknown schema": func(record *kgo.Record) { record.Value[4] = 99 },
		"cut off":           func(record *kgo.Record) { record.Value = record.Value[:8] },
		"too long":          func(record *kgo.Record) { record.Value = append(record.Value, 0) },
		"revision 0":        nil,
	} {
		t.Run(id, func(t *testing.T) {
			if edit == nil {
				world.send(t, id, notes.Changed{Key: "a"})
			} else {
				world.send(t, id, notes.Changed{Key: "a", Revision: 1}, edit)
			}
			if letter := world.dead(t); events.Header(letter, "origin-topic") != topic {
				t.Errorf("came by %s", events.Header(letter, "origin-topic"))
			}
		})
	}
	world.send(t, "other", notes.Changed{Key: "a", Revision: 1}, func(record *kgo.Record) {
		events.SetHeader(record, events.HeaderType, "something-else")
	})
	service.awaits(t, "other", "ignored")
}

// An outage is not the fault of an event: nothing is given up, and nothing is lost.
func TestWaitsWhileTheRegistryIsAway(t *testing.T) {
	world := newWorld(t)
	world.send(t, "waiting", notes.Changed{Key: "a", Revision: 1})
	var away sync.Map
	world.registry.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		_, back := away.Load("back")
		if !back {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		return !back
	})
	service := start(t, world.environment(nil))
	service.logs.Await(t, "event waits")
	if outcomes := service.outcomes(t, "waiting"); outcomes != "" {
		t.Errorf("settled: %s", outcomes)
	}
	away.Store("back", true)
	service.awaits(t, "waiting", "done")
}

func TestGivesBackWhatItCannotFinish(t *testing.T) {
	world := newWorld(t)
	world.send(t, "held", notes.Changed{Key: "a", Revision: 1})
	world.registry.Intercept(func(w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusServiceUnavailable)
		return true
	})
	service := start(t, world.environment(nil))
	service.logs.Await(t, "event waits")
	service.end(t)

	world.registry.ClearInterceptors()
	service = start(t, world.environment(nil))
	service.awaits(t, "held", "done")
}

func TestReplicasShareTheWork(t *testing.T) {
	world := newWorld(t)
	one := start(t, world.environment(nil))
	one.logs.Await(t, "partitions assigned")
	two := start(t, world.environment(nil))
	two.logs.Await(t, "partitions assigned")
	for number := range 20 {
		world.send(t, fmt.Sprint("event ", number), notes.Changed{Key: fmt.Sprint(number), Revision: 1})
	}
	one.end(t)
	for number := range 20 {
		id := fmt.Sprint("event ", number)
		if strings.Contains(one.outcomes(t, id), "done") {
			continue
		}
		two.awaits(t, id, "done")
	}
}

func TestAnswersWhoLooksAfterIt(t *testing.T) {
	world := newWorld(t)
	service := start(t, world.environment(nil))
	service.logs.Await(t, "partitions assigned")
	for path, want := range map[string]string{"/health": `{"status":"ok"}`, "/ready": `{"status":"ready"}`} {
		if status, body := get(t, service, path); status != http.StatusOK || strings.TrimSpace(body) != want {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	world.send(t, "1", notes.Changed{Key: "a", Revision: 1})
	service.awaits(t, "1", "done")
	for _, want := range []string{
		`messaging_process_duration_seconds_count{`,
		`outcome="done"`,
		`messaging_event_age_seconds_bucket{`,
		`le="60"`,
		`kafka_consumer_group_lag{`,
	} {
		var body string
		for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
			if _, body = get(t, service, "/metrics"); strings.Contains(body, want) {
				break
			}
		}
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
}

func TestAWrongConfigurationEndsIt(t *testing.T) {
	service := start(t, map[string]string{"PORT": "http"})
	var problems config.Problems
	if err := <-service.ended; !errors.As(err, &problems) {
		t.Fatalf("ended with %v", err)
	}
	line := service.logs.Await(t, "the configuration is wrong")
	if line["level"] != "error" || !strings.Contains(fmt.Sprint(line["problems"]), "KAFKA_BROKERS: is required") {
		t.Errorf("logged %v", line)
	}
}

func TestSendsTracesAndMetrics(t *testing.T) {
	var mutex sync.Mutex
	received := map[string]string{}
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mutex.Lock()
		defer mutex.Unlock()
		received[r.URL.Path] += string(body)
	}))
	defer collector.Close()
	// The exporters read it themselves, so that all its relatives work as well.
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	world := newWorld(t)
	service := start(t, world.environment(map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": collector.URL}))
	world.send(t, "1", notes.Changed{Key: "a", Revision: 1})
	service.awaits(t, "1", "done")
	service.end(t)
	mutex.Lock()
	defer mutex.Unlock()
	if !strings.Contains(received["/v1/traces"], "notes process") {
		t.Error("the collector got no span")
	}
	if !strings.Contains(received["/v1/metrics"], "messaging.process.duration") {
		t.Error("the collector got no metric")
	}
}
