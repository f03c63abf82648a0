// Package config reads every setting from the environment, once, at the start.
package config

import (
	"log/slog"
	"strings"
	"time"
)

// Config is what the environment says, checked.
type Config struct {
	Host            string
	Port            int
	LogLevel        slog.Level
	ShutdownTimeout time.Duration
	// FlagsFile says which flags are on; without it their defaults hold.
	FlagsFile    string
	OTLPEndpoint string
	Kafka        Kafka
	Registry     Registry
	Store        Store
	// RetryDelays tell how long a failed event waits before each further attempt.
	RetryDelays []time.Duration
	// HandlerTimeout is how long one attempt may take.
	HandlerTimeout time.Duration
}

// Kafka tells where events come from.
type Kafka struct {
	Brokers   []string
	Topic     string
	Group     string
	Plaintext bool
	// Mechanism of SASL, or none.
	Mechanism string
	Username  string
	Password  string
}

// Registry of schemas.
type Registry struct {
	URL      string
	Username string
	Password string
}

// Store tells where results and the ids of processed events are kept.
type Store struct {
	// URL of PostgreSQL; empty for memory.
	URL string
	// Retention is how long an id is remembered: longer than Kafka keeps events.
	Retention time.Duration
}

// Read checks the whole environment and reports every problem it finds.
func Read(lookup func(name string) string) (Config, error) {
	r := reader{lookup: lookup}
	production := r.oneOf("APP_ENV", "production", "development", "test", "production") == "production"
	config := Config{
		Host:            r.text("HOST", "0.0.0.0"),
		Port:            r.number("PORT", 8080, 0, 65_535),
		LogLevel:        r.level("LOG_LEVEL", "info"),
		ShutdownTimeout: r.milliseconds("SHUTDOWN_TIMEOUT_MS", 20_000, 1, 300_000),
		HandlerTimeout:  r.milliseconds("HANDLER_TIMEOUT_MS", 10_000, 1, 300_000),
		RetryDelays:     r.durations("RETRY_DELAYS", "5s,1m,10m"),
		FlagsFile:       r.file("FLAGS_FILE"),
		OTLPEndpoint:    r.url("OTEL_EXPORTER_OTLP_ENDPOINT"),
		Kafka: Kafka{
			Brokers:   r.required("KAFKA_BROKERS"),
			Topic:     strings.Join(r.required("KAFKA_TOPIC"), ","),
			Group:     strings.Join(r.required("KAFKA_GROUP"), ","),
			Plaintext: r.oneOf("KAFKA_SECURITY", "tls", "tls", "plaintext") == "plaintext",
			Mechanism: r.oneOf("KAFKA_SASL_MECHANISM", "none", "none", "plain", "scram-sha-256", "scram-sha-512"),
			Username:  r.text("KAFKA_USERNAME", ""),
			Password:  r.text("KAFKA_PASSWORD", ""),
		},
		Registry: Registry{
			URL:      r.url("SCHEMA_REGISTRY_URL"),
			Username: r.text("SCHEMA_REGISTRY_USERNAME", ""),
			Password: r.text("SCHEMA_REGISTRY_PASSWORD", ""),
		},
		Store: Store{
			URL:       r.text("DATABASE_URL", ""),
			Retention: time.Duration(r.number("PROCESSED_RETENTION_HOURS", 192, 1, 8760)) * time.Hour,
		},
	}
	r.required("SCHEMA_REGISTRY_URL")
	memory := r.oneOf("STORE", "postgres", "postgres", "memory") == "memory"
	switch {
	case memory && production:
		r.complain("STORE", "must not be memory in production, where replicas share what was processed")
	case memory:
		config.Store.URL = ""
	default:
		r.required("DATABASE_URL")
	}
	if config.Kafka.Plaintext && production {
		r.complain("KAFKA_SECURITY", "must not be plaintext in production")
	}
	if config.Kafka.Mechanism != "none" {
		r.required("KAFKA_USERNAME")
		r.required("KAFKA_PASSWORD")
	}
	if len(r.problems) > 0 {
		return config, r.problems
	}
	return config, nil
}

// required parts, separated by commas.
func (r *reader) required(name string) []string {
	value := r.lookup(name)
	if value == "" {
		r.complain(name, "is required")
		return nil
	}
	return strings.Split(value, ",")
}

func (r *reader) milliseconds(name string, fallback, least, most int) time.Duration {
	return time.Duration(r.number(name, fallback, least, most)) * time.Millisecond
}

func (r *reader) durations(name, fallback string) []time.Duration {
	var found []time.Duration
	for part := range strings.SplitSeq(r.text(name, fallback), ",") {
		duration, err := time.ParseDuration(strings.TrimSpace(part))
		if err != nil || duration <= 0 {
			r.complain(name, "%s is no duration, such as 5s or 10m", part)
			continue
		}
		found = append(found, duration)
	}
	return found
}
