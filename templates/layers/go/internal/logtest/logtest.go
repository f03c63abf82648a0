// Package logtest remembers what was logged.
package logtest

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"
)

// Logs are the lines that a service has written.
type Logs struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (l *Logs) Write(line []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.Write(line)
}

// Lines are all lines so far, read.
func (l *Logs) Lines(t *testing.T) []map[string]any {
	t.Helper()
	l.mutex.Lock()
	defer l.mutex.Unlock()
	var lines []map[string]any
	for text := range strings.Lines(l.text.String()) {
		var line map[string]any
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatalf("the log line %q: %v", text, err)
		}
		lines = append(lines, line)
	}
	return lines
}

// Await gives the first line with a message, once there is one.
func (l *Logs) Await(t *testing.T, message string) map[string]any {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		for _, line := range l.Lines(t) {
			if line["msg"] == message {
				return line
			}
		}
	}
	t.Fatalf("%q was not logged", message)
	return nil
}
