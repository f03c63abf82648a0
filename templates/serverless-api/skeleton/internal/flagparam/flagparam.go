// Package flagparam lets a parameter of AWS Systems Manager, in the format of flagd,
// say which flags are on.
package flagparam

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/smithy-go"

	"service/internal/flagrules"
)

const (
	// An account may read 40 parameters a second: enough for 800 instances that look
	// this often.
	lookInterval = 20 * time.Second
	// A parameter that does not answer must not keep a caller waiting.
	lookLimit = 500 * time.Millisecond
	// The first time, a connection has to be made as well, and nobody is answered yet.
	firstLimit = 2 * time.Second
)

// Parameter is where rules are kept.
type Parameter struct {
	client *ssm.Client
	name   string
	rules  *flagrules.Rules
	looked time.Time
	now    func() time.Time
}

// Follow lets a parameter answer for all flags. One that is lost or broken leaves what
// it said before, or the defaults of the flags.
func Follow(ctx context.Context, name string, logger *slog.Logger) (*Parameter, error) {
	return follow(ctx, name, logger, time.Now)
}

func follow(
	ctx context.Context, name string, logger *slog.Logger, now func() time.Time,
) (*Parameter, error) {
	settings, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the settings of AWS: %w", err)
	}
	rules, err := flagrules.Answer(ctx, logger.With("parameter", name))
	if err != nil {
		return nil, err
	}
	parameter := &Parameter{
		client: ssm.NewFromConfig(settings), name: name, rules: rules, now: now,
	}
	parameter.look(ctx, firstLimit)
	return parameter, nil
}

// Look reads the parameter again, unless that was done a moment ago. An instance is
// frozen between two requests and nothing can listen in the background, so each request
// calls it.
func (p *Parameter) Look(ctx context.Context) {
	if p.wallClock().Sub(p.looked) >= lookInterval {
		p.look(ctx, lookLimit)
	}
}

func (p *Parameter) look(ctx context.Context, limit time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	found, err := p.client.GetParameter(ctx, &ssm.GetParameterInput{
		Name: aws.String(p.name), WithDecryption: aws.Bool(true),
	})
	p.looked = p.wallClock()
	if err != nil {
		p.rules.Tell(nil, withoutRequest(err))
		return
	}
	p.rules.Tell([]byte(aws.ToString(found.Parameter.Value)), nil)
}

// wallClock goes on while an instance is frozen, which the clock that Go measures by
// need not.
func (p *Parameter) wallClock() time.Time { return p.now().Round(0) }

// withoutRequest leaves out what is another text each time, so that the log hears of a
// failure once.
func withoutRequest(err error) error {
	var refused smithy.APIError
	if errors.As(err, &refused) {
		return fmt.Errorf("%s: %s", refused.ErrorCode(), refused.ErrorMessage())
	}
	return err
}
