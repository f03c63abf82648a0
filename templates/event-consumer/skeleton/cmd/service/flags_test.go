package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/twmb/franz-go/pkg/kgo"

	"service/internal/notes"
)

// flagsFile says whether notes are handled, until it says otherwise.
type flagsFile string

func newFlagsFile(t *testing.T, variant string) flagsFile {
	t.Helper()
	t.Cleanup(func() { _ = openfeature.SetProviderAndWait(openfeature.NoopProvider{}) })
	f := flagsFile(filepath.Join(t.TempDir(), "flags.json"))
	f.turn(t, variant)
	return f
}

func (f flagsFile) turn(t *testing.T, variant string) {
	t.Helper()
	text := `{"flags": {"handle-notes": {"state": "ENABLED",
		"variants": {"on": true, "off": false}, "defaultVariant": "` + variant + `"}}}`
	if err := os.WriteFile(string(f), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Whoever turns events off wants them all later: those that break the contract as well.
func TestWaitsWhileEventsAreTurnedOff(t *testing.T) {
	world := newWorld(t)
	file := newFlagsFile(t, "off")
	service := start(t, world.environment(map[string]string{"FLAGS_FILE": string(file)}))
	world.send(t, "broken", notes.Changed{Key: "a", Revision: 1}, func(record *kgo.Record) {
		record.Value = []byte("{}")
	})
	world.send(t, "waiting", notes.Changed{Key: "a", Revision: 1})
	service.logs.Await(t, "partition paused")
	for _, path := range []string{"/health", "/ready"} {
		if status, body := get(t, service, path); status != http.StatusOK {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if _, metrics := get(t, service, "/metrics"); !strings.Contains(metrics, "kafka_consumer_group_paused{") {
		t.Error("the pause is not measured")
	}
	if settled := service.outcomes(t, "broken") + service.outcomes(t, "waiting"); settled != "" {
		t.Errorf("settled: %s", settled)
	}
	file.turn(t, "on")
	service.awaits(t, "broken", "dead")
	service.awaits(t, "waiting", "done")
}

func TestAnEndDoesNotWaitForEventsThatAreTurnedOff(t *testing.T) {
	world := newWorld(t)
	file := newFlagsFile(t, "off")
	service := start(t, world.environment(map[string]string{"FLAGS_FILE": string(file)}))
	world.send(t, "waiting", notes.Changed{Key: "a", Revision: 1})
	service.logs.Await(t, "partition paused")
	service.end(t)

	file.turn(t, "on")
	service = start(t, world.environment(map[string]string{"FLAGS_FILE": string(file)}))
	service.awaits(t, "waiting", "done")
}
