package config_test

import (
	"errors"
	"log/slog"
	"net/netip"
	"slices"
	"testing"
	"time"

	"service/internal/config"
)

func lookup(environment map[string]string) func(string) string {
	return func(name string) string { return environment[name] }
}

func jwt(more map[string]string) map[string]string {
	environment := map[string]string{
		"AUTH_ISSUER":   "https://issuer.example",
		"AUTH_AUDIENCE": "service",
		"AUTH_JWKS_URL": "https://issuer.example/keys",
	}
	for name, value := range more {
		environment[name] = value
	}
	return environment
}

func TestDefaultsForAllButAuthentication(t *testing.T) {
	settings, err := config.Read(lookup(jwt(map[string]string{"PORT": ""})))
	if err != nil {
		t.Fatal(err)
	}
	if settings.Port != 8080 || settings.ShutdownDelay != 5*time.Second || settings.LogLevel != slog.LevelInfo {
		t.Errorf("unexpected defaults: %+v", settings)
	}
	if settings.Auth.Disabled {
		t.Error("authentication is off by default")
	}
}

func TestReadsWhatIsSet(t *testing.T) {
	settings, err := config.Read(lookup(jwt(map[string]string{
		"PORT":                "9000",
		"LOG_LEVEL":           "debug",
		"TRUST_PROXY":         "10.0.0.0/8, 192.0.2.1",
		"SHUTDOWN_TIMEOUT_MS": "1500",
	})))
	if err != nil {
		t.Fatal(err)
	}
	networks := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.0.2.1/32")}
	if settings.Port != 9000 || settings.LogLevel != slog.LevelDebug ||
		settings.ShutdownTimeout != 1500*time.Millisecond || !slices.Equal(settings.TrustProxy, networks) {
		t.Errorf("unexpected settings: %+v", settings)
	}
}

func TestReportsEveryProblemAtOnce(t *testing.T) {
	for name, test := range map[string]struct {
		environment map[string]string
		problems    config.Problems
	}{
		"wrong values": {
			environment: map[string]string{
				"APP_ENV":       "staging",
				"PORT":          "http",
				"LOG_LEVEL":     "loud",
				"TRUST_PROXY":   "gateway",
				"FLAGS_FILE":    "gone.json",
				"AUTH_JWKS_URL": "keys",
			},
			problems: config.Problems{
				"APP_ENV: must be one of development, test, production",
				"PORT: must be a whole number",
				"LOG_LEVEL: must be one of debug, info, warn, error",
				"TRUST_PROXY: gateway is neither an address nor a range",
				"FLAGS_FILE: must name a file that is there",
				"AUTH_JWKS_URL: must be an http or https URL",
				"AUTH_ISSUER: is required unless AUTH_MODE is disabled",
				"AUTH_AUDIENCE: is required unless AUTH_MODE is disabled",
			},
		},
		"out of range": {
			environment: jwt(map[string]string{"SHUTDOWN_DELAY_MS": "-1"}),
			problems:    config.Problems{"SHUTDOWN_DELAY_MS: must be between 0 and 60000"},
		},
		"open in production": {
			environment: map[string]string{"AUTH_MODE": "disabled"},
			problems:    config.Problems{"AUTH_MODE: must not be disabled in production"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.Read(lookup(test.environment))
			var problems config.Problems
			if !errors.As(err, &problems) {
				t.Fatalf("no problems, but %v", err)
			}
			if !slices.Equal(problems, test.problems) {
				t.Errorf("got %q, want %q", problems, test.problems)
			}
		})
	}
}
