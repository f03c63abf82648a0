// Package flagfile lets a file in the format of flagd say which flags are on. flagd's
// own engine decides, in this process: no request waits for a flag.
package flagfile

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/open-feature/flagd/core/pkg/evaluator"
	flagdlog "github.com/open-feature/flagd/core/pkg/logger"
	"github.com/open-feature/flagd/core/pkg/store"
	"github.com/open-feature/flagd/core/pkg/sync"
	"github.com/open-feature/go-sdk/openfeature"
	"go.opentelemetry.io/otel/trace/noop"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// The file is small, and Kubernetes takes up to a minute to change it. Unlike events of
// the file system, looking at it also finds a file that was away for a while.
const lookInterval = time.Second

// source names the file to flagd's engine, which could have several.
const source = "file"

// Follow lets a file answer for all flags, and whatever it says later, until the context
// ends. A file that is lost or broken leaves what it said before.
func Follow(ctx context.Context, path string, logger *slog.Logger) error {
	file, provider, err := open(path, logger)
	if err != nil {
		return err
	}
	file.read()
	if err := openfeature.SetProviderWithContextAndWait(ctx, provider); err != nil {
		return fmt.Errorf("asking %s for flags: %w", path, err)
	}
	go file.follow(ctx)
	return nil
}

// file is where an engine has its rules from.
type file struct {
	path   string
	said   []byte
	engine evaluator.IEvaluator
	logger *slog.Logger
}

func open(path string, logger *slog.Logger) (*file, provider, error) {
	logger = logger.With("file", path)
	engineLog := flagdlog.NewLogger(warnings(logger), true)
	rules, err := store.NewStore(engineLog, []string{source})
	if err != nil {
		return nil, provider{}, fmt.Errorf("keeping the flags of %s: %w", path, err)
	}
	engine := evaluator.NewJSON(engineLog, rules)
	// A span for each question would say nothing that is not in the spans around it.
	resolver := evaluator.NewResolver(rules, engineLog, noop.NewTracerProvider().Tracer(""))
	return &file{path: path, engine: engine, logger: logger}, provider{&resolver}, nil
}

func (f *file) follow(ctx context.Context) {
	ticker := time.NewTicker(lookInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			f.read()
		}
	}
}

// read hands over what the file says, if that is something else than before. The log
// hears of each change once.
func (f *file) read() {
	said, err := os.ReadFile(f.path)
	if err != nil {
		// Being lost is a change as well, and so is coming back.
		said = []byte(err.Error())
	}
	if f.said != nil && bytes.Equal(said, f.said) {
		return
	}
	f.said = said
	if err == nil {
		err = f.engine.SetState(sync.DataSync{FlagData: string(said), Source: source})
	}
	if err != nil {
		f.logger.Error("flags not read: what they said before holds", "error", err.Error())
		return
	}
	f.logger.Info("flags read")
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
