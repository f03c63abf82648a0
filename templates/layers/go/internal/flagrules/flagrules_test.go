package flagrules

import (
	"errors"
	"fmt"
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

// answering is rules that a test tells what to say.
type answering struct {
	*Rules
	logs *logtest.Logs
}

func say(t *testing.T, text string) answering {
	t.Helper()
	logs := &logtest.Logs{}
	rules, err := Answer(t.Context(), logging.New(logs, 0, "service").With("file", "flags.json"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = openfeature.SetProviderAndWait(openfeature.NoopProvider{}) })
	rules.Tell([]byte(text), nil)
	return answering{rules, logs}
}

func (a answering) tell(text string) { a.Tell([]byte(text), nil) }

func (a answering) lose() { a.Tell(nil, errors.New("it is lost")) }

func (a answering) last(t *testing.T) (level, message string) {
	t.Helper()
	lines := a.logs.Lines(t)
	line := lines[len(lines)-1]
	return line["level"].(string), line["msg"].(string)
}

// saying is rules that say something of the kill switch.
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

func TestDefaultsHoldWithoutRules(t *testing.T) {
	expect(t, killSwitch, "somebody", true)
	expect(t, novelty, "somebody", false)
}

func TestHeedsWhatTheRulesSayLater(t *testing.T) {
	rules := say(t, saying(`"defaultVariant": "on"`))
	expect(t, killSwitch, "somebody", true)
	rules.tell(saying(`"defaultVariant": "off"`))
	expect(t, killSwitch, "somebody", false)
	rules.tell(saying(`"defaultVariant": "on"`))
	expect(t, killSwitch, "somebody", true)
}

func TestAFlagCanBeAnotherForSome(t *testing.T) {
	say(t, saying(`"defaultVariant": "on",
		"targeting": {"if": [{"==": [{"var": "targetingKey"}, "batch"]}, "off"]}`))
	expect(t, killSwitch, "batch", false)
	expect(t, killSwitch, "somebody", true)
}

func TestAFlagHasItsDefaultWhenTheRulesCannotTell(t *testing.T) {
	for name, text := range map[string]string{
		"they name others":  `{"flags": {}}`,
		"they disable it":   `{"flags": {"kill-switch": {"state": "DISABLED", "variants": {"off": false}, "defaultVariant": "off"}}}`,
		"the value is text": `{"flags": {"kill-switch": {"state": "ENABLED", "variants": {"off": "no"}, "defaultVariant": "off"}}}`,
		"they are broken":   `{"flags"`,
		"they are empty":    ``,
	} {
		t.Run(name, func(t *testing.T) {
			say(t, text)
			expect(t, killSwitch, "somebody", true)
			expect(t, novelty, "somebody", false)
		})
	}
}

func TestWhatIsLostOrBrokenLeavesWhatWasSaid(t *testing.T) {
	rules := say(t, saying(`"defaultVariant": "off"`))
	for name, spoil := range map[string]func(){
		"broken":            func() { rules.tell(`{"flags"`) },
		"empty":             func() { rules.tell("") },
		"without a variant": func() { rules.tell(saying(`"defaultVariant": "of"`)) },
		"without any flags": func() { rules.tell("{}") },
		"lost":              rules.lose,
	} {
		t.Run(name, func(t *testing.T) {
			spoil()
			expect(t, killSwitch, "somebody", false)
			if level, message := rules.last(t); level != "error" {
				t.Errorf("logged as %s: %s", level, message)
			}
		})
	}
	// They are heeded again, even when they were away.
	rules.tell(saying(`"defaultVariant": "on"`))
	expect(t, killSwitch, "somebody", true)
}

func TestTheLogHearsOfEachChangeOnce(t *testing.T) {
	rules := say(t, saying(`"defaultVariant": "on"`))
	rules.tell(saying(`"defaultVariant": "on"`))
	rules.lose()
	rules.lose()
	if lines := rules.logs.Lines(t); len(lines) != 2 {
		t.Errorf("logged %v", lines)
	}
}

func TestWarnsOfWhatFlagdDoesNotKnow(t *testing.T) {
	for name, text := range map[string]string{
		"a state":   `{"flags": {"kill-switch": {"state": "OFF", "variants": {"on": true}, "defaultVariant": "on"}}}`,
		"a variant": saying(`"defaultVariant": "on", "targeting": {"if": [true, "of"]}`),
	} {
		t.Run(name, func(t *testing.T) {
			rules := say(t, text)
			expect(t, killSwitch, "somebody", true)
			warned := slices.ContainsFunc(rules.logs.Lines(t), func(line map[string]any) bool {
				return line["level"] == "warn" && line["file"] == "flags.json"
			})
			if !warned {
				t.Errorf("logged %v", rules.logs.Lines(t))
			}
		})
	}
}

func TestAnswersEveryKindOfQuestion(t *testing.T) {
	say(t, `{"flags": {
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
