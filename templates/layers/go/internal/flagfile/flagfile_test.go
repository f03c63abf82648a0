package flagfile

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/open-feature/go-sdk/openfeature"

	"service/internal/flags"
	"service/internal/logging"
	"service/internal/logtest"
)

var (
	killSwitch = flags.Flag{Key: "kill-switch", Default: true}
	novelty    = flags.Flag{Key: "novelty", Default: false}
)

// followed is a file that says which flags are on. It is read when a test says so.
type followed struct {
	*file
	logs *logtest.Logs
}

func follow(t *testing.T, text string) followed {
	t.Helper()
	logs := &logtest.Logs{}
	path := filepath.Join(t.TempDir(), "flags.json")
	file, provider, err := open(path, logging.New(logs, 0, "service"))
	if err != nil {
		t.Fatal(err)
	}
	if err := openfeature.SetProviderWithContextAndWait(t.Context(), provider); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = openfeature.SetProviderAndWait(openfeature.NoopProvider{}) })
	f := followed{file, logs}
	f.write(t, text)
	return f
}

func (f followed) write(t *testing.T, text string) {
	t.Helper()
	if err := os.WriteFile(f.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f.read()
}

func (f followed) last(t *testing.T) (level, message string) {
	t.Helper()
	lines := f.logs.Lines(t)
	line := lines[len(lines)-1]
	return line["level"].(string), line["msg"].(string)
}

// saying is a file that says something of the kill switch.
func saying(about string) string {
	return fmt.Sprintf(
		`{"flags": {"kill-switch": {"state": "ENABLED", "variants": {"on": true, "off": false}, %s}}}`, about,
	)
}

func expect(t *testing.T, flag flags.Flag, subject string, want bool) {
	t.Helper()
	if got := flag.On(t.Context(), subject); got != want {
		t.Errorf("%s is %t for %s", flag.Key, got, subject)
	}
}

func TestDefaultsHoldWithoutAFile(t *testing.T) {
	expect(t, killSwitch, "somebody", true)
	expect(t, novelty, "somebody", false)
}

func TestHeedsWhatTheFileSaysLater(t *testing.T) {
	file := follow(t, saying(`"defaultVariant": "on"`))
	expect(t, killSwitch, "somebody", true)
	file.write(t, saying(`"defaultVariant": "off"`))
	expect(t, killSwitch, "somebody", false)
	file.write(t, saying(`"defaultVariant": "on"`))
	expect(t, killSwitch, "somebody", true)
}

func TestAFlagCanBeAnotherForSome(t *testing.T) {
	follow(t, saying(`"defaultVariant": "on",
		"targeting": {"if": [{"==": [{"var": "targetingKey"}, "batch"]}, "off"]}`))
	expect(t, killSwitch, "batch", false)
	expect(t, killSwitch, "somebody", true)
}

func TestAFlagHasItsDefaultWhenTheFileCannotTell(t *testing.T) {
	for name, text := range map[string]string{
		"it names others":   `{"flags": {}}`,
		"it disables it":    `{"flags": {"kill-switch": {"state": "DISABLED", "variants": {"off": false}, "defaultVariant": "off"}}}`,
		"the value is text": `{"flags": {"kill-switch": {"state": "ENABLED", "variants": {"off": "no"}, "defaultVariant": "off"}}}`,
		"it is broken":      `{"flags"`,
		"it is empty":       ``,
	} {
		t.Run(name, func(t *testing.T) {
			follow(t, text)
			expect(t, killSwitch, "somebody", true)
			expect(t, novelty, "somebody", false)
		})
	}
}

func TestAFileThatIsLostOrBrokenLeavesWhatItSaid(t *testing.T) {
	file := follow(t, saying(`"defaultVariant": "off"`))
	for name, spoil := range map[string]func(){
		"broken":             func() { file.write(t, `{"flags"`) },
		"empty":              func() { file.write(t, "") },
		"without a variant":  func() { file.write(t, saying(`"defaultVariant": "of"`)) },
		"without any flags":  func() { file.write(t, "{}") },
		"lost":               func() { _ = os.Remove(file.path); file.read() },
		"lost for some time": func() { file.read() },
	} {
		t.Run(name, func(t *testing.T) {
			spoil()
			expect(t, killSwitch, "somebody", false)
			if level, message := file.last(t); level != "error" {
				t.Errorf("logged as %s: %s", level, message)
			}
		})
	}
	// It is followed to the end, even when it was away.
	file.write(t, saying(`"defaultVariant": "on"`))
	expect(t, killSwitch, "somebody", true)
}

func TestTheLogHearsOfEachChangeOnce(t *testing.T) {
	file := follow(t, saying(`"defaultVariant": "on"`))
	file.read()
	if err := os.Remove(file.path); err != nil {
		t.Fatal(err)
	}
	file.read()
	file.read()
	if lines := file.logs.Lines(t); len(lines) != 2 {
		t.Errorf("logged %v", lines)
	}
}

func TestWarnsOfWhatFlagdDoesNotKnow(t *testing.T) {
	for name, text := range map[string]string{
		"a state":   `{"flags": {"kill-switch": {"state": "OFF", "variants": {"on": true}, "defaultVariant": "on"}}}`,
		"a variant": saying(`"defaultVariant": "on", "targeting": {"if": [true, "of"]}`),
	} {
		t.Run(name, func(t *testing.T) {
			file := follow(t, text)
			expect(t, killSwitch, "somebody", true)
			warned := slices.ContainsFunc(file.logs.Lines(t), func(line map[string]any) bool {
				return line["level"] == "warn" && line["file"] == file.path
			})
			if !warned {
				t.Errorf("logged %v", file.logs.Lines(t))
			}
		})
	}
}

func TestAnswersEveryKindOfQuestion(t *testing.T) {
	follow(t, `{"flags": {
		"text": {"state": "ENABLED", "variants": {"a": "one"}, "defaultVariant": "a"},
		"whole": {"state": "ENABLED", "variants": {"a": 1}, "defaultVariant": "a"},
		"part": {"state": "ENABLED", "variants": {"a": 0.5}, "defaultVariant": "a"},
		"object": {"state": "ENABLED", "variants": {"a": {"b": "c"}}, "defaultVariant": "a"}
	}}`)
	client, nobody := openfeature.NewDefaultClient(), openfeature.EvaluationContext{}
	got := fmt.Sprintf("%v %v %v %v",
		client.String(t.Context(), "text", "", nobody),
		client.Int(t.Context(), "whole", 0, nobody),
		client.Float(t.Context(), "part", 0, nobody),
		client.Object(t.Context(), "object", nil, nobody),
	)
	if want := "one 1 0.5 map[b:c]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if on := client.Boolean(t.Context(), "text", true, nobody); !on {
		t.Error("a text was taken for off")
	}
}
