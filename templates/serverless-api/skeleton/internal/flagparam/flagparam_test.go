package flagparam

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/open-feature/go-sdk/openfeature"

	"service/internal/flags"
	"service/internal/logging"
	"service/internal/logtest"
)

var killSwitch = flags.Flag{Key: "kill-switch", Default: true}

// played answers for Systems Manager.
type played struct {
	value string
	// refusal is why it does not tell the value.
	refusal string
	asked   int
}

func (p *played) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.asked++
	var input struct {
		Name           string
		WithDecryption bool
	}
	w.Header().Set("content-type", "application/x-amz-json-1.1")
	switch err := json.NewDecoder(r.Body).Decode(&input); {
	case err != nil || input.Name != "/service/flags" || !input.WithDecryption,
		r.Header.Get("x-amz-target") != "AmazonSSM.GetParameter":
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"__type": "ValidationException", "message": "not what was expected"}`)
	case p.refusal != "":
		w.Header().Set("x-amzn-requestid", fmt.Sprint(p.asked))
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"__type": %q, "message": "for a reason"}`, p.refusal)
	default:
		_ = json.NewEncoder(w).Encode(map[string]any{"Parameter": map[string]string{"Value": p.value}})
	}
}

// followed is a parameter whose clock a test moves.
type followed struct {
	*Parameter
	ssm  *played
	logs *logtest.Logs
	time time.Time
}

func start(t *testing.T, ssm *played) *followed {
	t.Helper()
	server := httptest.NewServer(ssm)
	t.Cleanup(server.Close)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL_SSM":  server.URL,
		"AWS_ACCESS_KEY_ID":     "tests",
		"AWS_SECRET_ACCESS_KEY": "tests",
		"AWS_REGION":            "eu-central-1",
	} {
		t.Setenv(name, value)
	}
	f := &followed{ssm: ssm, logs: &logtest.Logs{}, time: time.Now()}
	parameter, err := follow(
		t.Context(), "/service/flags", logging.New(f.logs, 0, "service"), func() time.Time { return f.time },
	)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = openfeature.SetProviderAndWait(openfeature.NoopProvider{}) })
	f.Parameter = parameter
	return f
}

// later asks once the parameter may be read again.
func (f *followed) later(t *testing.T) {
	t.Helper()
	f.time = f.time.Add(lookInterval)
	f.Look(t.Context())
}

// saying has the kill switch be what a variant says.
func saying(variant string) string {
	return fmt.Sprintf(
		`{"flags": {"kill-switch": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": %q}}}`,
		variant,
	)
}

func expect(t *testing.T, want bool) {
	t.Helper()
	if got := killSwitch.On(t.Context(), "somebody"); got != want {
		t.Errorf("%s is %t", killSwitch.Key, got)
	}
}

func TestHeedsWhatTheParameterSays(t *testing.T) {
	f := start(t, &played{value: saying("off")})
	expect(t, false)
	f.ssm.value = saying("on")
	f.later(t)
	expect(t, true)
}

func TestReadsItOnceInAWhile(t *testing.T) {
	f := start(t, &played{value: saying("on")})
	for range 3 {
		f.time = f.time.Add(lookInterval / 4)
		f.Look(t.Context())
	}
	if f.ssm.asked != 1 {
		t.Errorf("asked %d times", f.ssm.asked)
	}
	f.time = f.time.Add(lookInterval / 4)
	f.Look(t.Context())
	if f.ssm.asked != 2 {
		t.Errorf("asked %d times", f.ssm.asked)
	}
}

func TestWhatIsLostOrBrokenLeavesWhatItSaid(t *testing.T) {
	f := start(t, &played{value: saying("off")})
	for name, spoil := range map[string]func(){
		"lost":    func() { f.ssm.refusal = "ParameterNotFound" },
		"refused": func() { f.ssm.refusal = "AccessDeniedException" },
		"broken":  func() { f.ssm.value = `{"flags"` },
	} {
		t.Run(name, func(t *testing.T) {
			spoil()
			f.later(t)
			expect(t, false)
			f.ssm.refusal, f.ssm.value = "", saying("off")
			f.later(t)
		})
	}
}

func TestWithoutAParameterDefaultsHold(t *testing.T) {
	f := start(t, &played{refusal: "ParameterNotFound"})
	expect(t, true)
	f.later(t)
	lines := f.logs.Lines(t)
	if len(lines) != 1 || lines[0]["level"] != "error" || lines[0]["parameter"] != "/service/flags" {
		t.Errorf("logged %v", lines)
	}
}
