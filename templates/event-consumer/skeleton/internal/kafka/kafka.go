// Package kafka makes clients of what the settings say.
package kafka

import (
	"crypto/tls"
	"fmt"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/plain"
	"github.com/twmb/franz-go/pkg/sasl/scram"
	"github.com/twmb/franz-go/pkg/sr"

	"service/internal/config"
)

// Options by which a client finds the brokers, and is let in.
func Options(settings config.Kafka) []kgo.Opt {
	options := []kgo.Opt{
		kgo.SeedBrokers(settings.Brokers...),
		kgo.ClientID(settings.Group),
		// Whoever waits for a broker finds out that it is gone.
		kgo.RecordDeliveryTimeout(30 * time.Second),
	}
	if !settings.Plaintext {
		options = append(options, kgo.DialTLSConfig(&tls.Config{MinVersion: tls.VersionTLS12}))
	}
	by := scram.Auth{User: settings.Username, Pass: settings.Password}
	switch settings.Mechanism {
	case "plain":
		options = append(options, kgo.SASL(plain.Auth{User: settings.Username, Pass: settings.Password}.AsMechanism()))
	case "scram-sha-256":
		options = append(options, kgo.SASL(by.AsSha256Mechanism()))
	case "scram-sha-512":
		options = append(options, kgo.SASL(by.AsSha512Mechanism()))
	}
	return options
}

// Registry makes a client of the registry of schemas.
func Registry(settings config.Registry) (*sr.Client, error) {
	options := []sr.ClientOpt{sr.URLs(settings.URL), sr.UserAgent("service")}
	if settings.Username != "" {
		options = append(options, sr.BasicAuth(settings.Username, settings.Password))
	}
	client, err := sr.NewClient(options...)
	if err != nil {
		return nil, fmt.Errorf("the schema registry: %w", err)
	}
	return client, nil
}
