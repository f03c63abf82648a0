// Package flagrules lets rules in the format of flagd say which flags are on, wherever
// they are kept. flagd's own engine decides, in this process: no request waits for a flag.
package flagrules

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"

	"github.com/open-feature/flagd/core/pkg/evaluator"
	flagdlog "github.com/open-feature/flagd/core/pkg/logger"
	"github.com/open-feature/flagd/core/pkg/store"
	"github.com/open-feature/flagd/core/pkg/sync"
	"github.com/open-feature/go-sdk/openfeature"
	"go.opentelemetry.io/otel/trace/noop"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// source names the rules to flagd's engine, which could have several.
const source = "rules"

// Rules answer for all flags as they were last told.
type Rules struct {
	said   []byte
	engine evaluator.IEvaluator
	logger *slog.Logger
}

// Answer has rules answer for all flags from now on. Until they are told, every flag has
// its default.
func Answer(ctx context.Context, logger *slog.Logger) (*Rules, error) {
	engineLog := flagdlog.NewLogger(warnings(logger), true)
	kept, err := store.NewStore(engineLog, []string{source})
	if err != nil {
		return nil, fmt.Errorf("keeping the rules of flags: %w", err)
	}
	engine := evaluator.NewJSON(engineLog, kept)
	// A span for each question would say nothing that is not in the spans around it.
	resolver := evaluator.NewResolver(kept, engineLog, noop.NewTracerProvider().Tracer(""))
	if err := openfeature.SetProviderWithContextAndWait(ctx, provider{&resolver}); err != nil {
		return nil, fmt.Errorf("asking the rules for flags: %w", err)
	}
	return &Rules{engine: engine, logger: logger}, nil
}

// Tell has the rules say something else than before, or why nobody knows what they say.
// What is lost or broken leaves what they said before. The log hears of each change once.
func (r *Rules) Tell(said []byte, err error) {
	if err != nil {
		// Being lost is a change as well, and so is coming back.
		said = []byte(err.Error())
	}
	if r.said != nil && bytes.Equal(said, r.said) {
		return
	}
	r.said = said
	if err == nil {
		err = r.engine.SetState(sync.DataSync{FlagData: string(said), Source: source})
	}
	if err != nil {
		r.logger.Error("flags not read: what they said before holds", "error", err.Error())
		return
	}
	r.logger.Info("flags read")
}

// warnings of flagd leave through the log of the service, in its form.
func warnings(logger *slog.Logger) *zap.Logger {
	nowhere := zapcore.NewCore(
		zapcore.NewJSONEncoder(zapcore.EncoderConfig{}), zapcore.AddSync(io.Discard), zapcore.WarnLevel,
	)
	return zap.New(nowhere, zap.Hooks(func(entry zapcore.Entry) error {
		logger.Warn(entry.Message)
		return nil
	}))
}
