// Package config reads every setting from the environment, once, at the start.
package config

import (
	"log/slog"
	"net/netip"
	"strings"
	"time"
)

// Config is what the environment says, checked.
type Config struct {
	Host       string
	Port       int
	LogLevel   slog.Level
	BodyLimit  int64
	RateLimit  int
	RateWindow time.Duration
	// TrustProxy lists proxies whose X-Forwarded-For is believed.
	TrustProxy      []netip.Prefix
	ShutdownDelay   time.Duration
	ShutdownTimeout time.Duration
	Auth            Auth
	// FlagsFile says which flags are on; without it their defaults hold.
	FlagsFile    string
	OTLPEndpoint string
}

// Auth tells whose tokens are believed.
type Auth struct {
	Disabled bool
	Issuer   string
	Audience string
	KeysURL  string
}

// Read checks the whole environment and reports every problem it finds.
func Read(lookup func(name string) string) (Config, error) {
	r := reader{lookup: lookup}
	environment := r.oneOf("APP_ENV", "production", "development", "test", "production")
	config := Config{
		Host:            r.text("HOST", "0.0.0.0"),
		Port:            r.number("PORT", 8080, 0, 65_535),
		LogLevel:        r.level("LOG_LEVEL", "info"),
		BodyLimit:       int64(r.number("BODY_LIMIT_BYTES", 65_536, 1, 10_485_760)),
		RateLimit:       r.number("RATE_LIMIT_MAX", 300, 1, 1_000_000),
		RateWindow:      time.Duration(r.number("RATE_LIMIT_WINDOW_SECONDS", 60, 1, 3600)) * time.Second,
		TrustProxy:      r.networks("TRUST_PROXY"),
		ShutdownDelay:   time.Duration(r.number("SHUTDOWN_DELAY_MS", 5000, 0, 60_000)) * time.Millisecond,
		ShutdownTimeout: time.Duration(r.number("SHUTDOWN_TIMEOUT_MS", 20_000, 1, 300_000)) * time.Millisecond,
		FlagsFile:       r.file("FLAGS_FILE"),
		OTLPEndpoint:    r.url("OTEL_EXPORTER_OTLP_ENDPOINT"),
		Auth: Auth{
			Disabled: r.oneOf("AUTH_MODE", "jwt", "jwt", "disabled") == "disabled",
			Issuer:   r.text("AUTH_ISSUER", ""),
			Audience: r.text("AUTH_AUDIENCE", ""),
			KeysURL:  r.url("AUTH_JWKS_URL"),
		},
	}
	if !config.Auth.Disabled {
		for _, name := range []string{"AUTH_ISSUER", "AUTH_AUDIENCE", "AUTH_JWKS_URL"} {
			if lookup(name) == "" {
				r.complain(name, "is required unless AUTH_MODE is disabled")
			}
		}
	} else if environment == "production" {
		r.complain("AUTH_MODE", "must not be disabled in production")
	}
	if len(r.problems) > 0 {
		return config, r.problems
	}
	return config, nil
}

func (r *reader) networks(name string) []netip.Prefix {
	var found []netip.Prefix
	for part := range strings.SplitSeq(r.lookup(name), ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		network, err := netip.ParsePrefix(part)
		if address, failure := netip.ParseAddr(part); failure == nil {
			network, err = address.Prefix(address.BitLen())
		}
		if err != nil {
			r.complain(name, "%s is neither an address nor a range", part)
			continue
		}
		found = append(found, network)
	}
	return found
}
