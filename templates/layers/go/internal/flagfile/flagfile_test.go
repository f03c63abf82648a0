package flagfile

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/open-feature/go-sdk/openfeature"

	"service/internal/flags"
	"service/internal/logging"
	"service/internal/logtest"
)

var killSwitch = flags.Flag{Key: "kill-switch", Default: true}

// follow makes a file that says which flags are on. It is read when a test says so.
func follow(t *testing.T, path string) (*file, *logtest.Logs) {
	t.Helper()
	logs := &logtest.Logs{}
	file, err := open(t.Context(), path, logging.New(logs, 0, "service"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = openfeature.SetProviderAndWait(openfeature.NoopProvider{}) })
	return file, logs
}

func expect(t *testing.T, want bool) {
	t.Helper()
	if got := killSwitch.On(t.Context(), "somebody"); got != want {
		t.Errorf("%s is %t", killSwitch.Key, got)
	}
}

func TestHeedsWhatTheFileSaysAndThatItWasAway(t *testing.T) {
	path := filepath.Join(t.TempDir(), "flags.json")
	file, logs := follow(t, path)
	turn := func(variant string) {
		t.Helper()
		text := fmt.Sprintf(
			`{"flags": {"kill-switch": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": %q}}}`,
			variant,
		)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		file.read()
	}

	file.read()
	expect(t, true)
	turn("off")
	expect(t, false)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	file.read()
	file.read()
	expect(t, false)
	turn("on")
	expect(t, true)

	lines := logs.Lines(t)
	for index, level := range []string{"error", "info", "error", "info"} {
		if index >= len(lines) || lines[index]["level"] != level || lines[index]["file"] != path {
			t.Fatalf("logged %v", lines)
		}
	}
}
