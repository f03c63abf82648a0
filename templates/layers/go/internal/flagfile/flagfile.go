// Package flagfile lets a file in the format of flagd say which flags are on.
package flagfile

import (
	"context"
	"log/slog"
	"os"
	"time"

	"service/internal/flagrules"
)

// The file is small, and Kubernetes takes up to a minute to change it. Unlike events of
// the file system, looking at it also finds a file that was away for a while.
const lookInterval = time.Second

// Follow lets a file answer for all flags, and whatever it says later, until the context
// ends. A file that is lost or broken leaves what it said before.
func Follow(ctx context.Context, path string, logger *slog.Logger) error {
	file, err := open(ctx, path, logger)
	if err != nil {
		return err
	}
	file.read()
	go file.follow(ctx)
	return nil
}

// file is where rules are kept.
type file struct {
	path  string
	rules *flagrules.Rules
}

func open(ctx context.Context, path string, logger *slog.Logger) (*file, error) {
	rules, err := flagrules.Answer(ctx, logger.With("file", path))
	if err != nil {
		return nil, err
	}
	return &file{path: path, rules: rules}, nil
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

func (f *file) read() { f.rules.Tell(os.ReadFile(f.path)) }
