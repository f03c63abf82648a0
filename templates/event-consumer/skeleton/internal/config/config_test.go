package config_test

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"service/internal/config"
)

func read(more map[string]string) (config.Config, error) {
	environment := map[string]string{
		"KAFKA_BROKERS":       "a.example:9093,b.example:9093",
		"KAFKA_TOPIC":         "notes",
		"KAFKA_GROUP":         "reader",
		"SCHEMA_REGISTRY_URL": "https://registry.example",
		"DATABASE_URL":        "postgres://db.example/reader",
	}
	maps.Copy(environment, more)
	return config.Read(func(name string) string { return environment[name] })
}

func TestDefaults(t *testing.T) {
	settings, err := read(nil)
	if err != nil {
		t.Fatal(err)
	}
	if settings.Kafka.Plaintext || settings.Port != 8080 || len(settings.Kafka.Brokers) != 2 {
		t.Errorf("unexpected defaults: %+v", settings)
	}
	if !slices.Equal(settings.RetryDelays, []time.Duration{5 * time.Second, time.Minute, 10 * time.Minute}) {
		t.Errorf("unexpected delays: %v", settings.RetryDelays)
	}
}

func TestReportsEveryProblemAtOnce(t *testing.T) {
	for name, test := range map[string]struct {
		environment map[string]string
		problems    config.Problems
	}{
		"nothing said": {
			environment: map[string]string{
				"KAFKA_BROKERS": "", "KAFKA_TOPIC": "", "KAFKA_GROUP": "",
				"SCHEMA_REGISTRY_URL": "", "DATABASE_URL": "",
			},
			problems: config.Problems{
				"KAFKA_BROKERS: is required",
				"KAFKA_TOPIC: is required",
				"KAFKA_GROUP: is required",
				"SCHEMA_REGISTRY_URL: is required",
				"DATABASE_URL: is required",
			},
		},
		"open in production": {
			environment: map[string]string{"STORE": "memory", "KAFKA_SECURITY": "plaintext"},
			problems: config.Problems{
				"STORE: must not be memory in production, where replicas share what was processed",
				"KAFKA_SECURITY: must not be plaintext in production",
			},
		},
		"wrong values": {
			environment: map[string]string{
				"RETRY_DELAYS": "5s,soon", "KAFKA_SASL_MECHANISM": "plain", "HANDLER_TIMEOUT_MS": "0",
				"FLAGS_FILE": "gone.json",
			},
			problems: config.Problems{
				"HANDLER_TIMEOUT_MS: must be between 1 and 300000",
				"RETRY_DELAYS: soon is no duration, such as 5s or 10m",
				"FLAGS_FILE: must name a file that is there",
				"KAFKA_USERNAME: is required",
				"KAFKA_PASSWORD: is required",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(test.environment)
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

func TestMemoryIsForDevelopment(t *testing.T) {
	settings, err := read(map[string]string{"APP_ENV": "development", "STORE": "memory"})
	if err != nil || settings.Store.URL != "" {
		t.Errorf("got %+v, %v", settings.Store, err)
	}
}
