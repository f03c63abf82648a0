package store

import (
	"context"
	"maps"
	"sync"
	"time"
)

// Memory is a Store for development and tests: it ends with its process, and
// replicas do not share it.
type Memory struct {
	mutex     sync.Mutex
	notes     map[string]Note
	processed map[string]time.Time
}

// NewMemory makes an empty store.
func NewMemory() *Memory {
	return &Memory{notes: map[string]Note{}, processed: map[string]time.Time{}}
}

// memoryTx works on a copy.
type memoryTx map[string]Note

func (tx memoryTx) Note(_ context.Context, key string) (Note, error) {
	note, found := tx[key]
	if !found {
		return Note{}, ErrNotFound
	}
	return note, nil
}

func (tx memoryTx) PutNote(_ context.Context, note Note) error {
	tx[note.Key] = note
	return nil
}

// Once implements Store.
func (m *Memory) Once(_ context.Context, id string, work func(Tx) error) (bool, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if _, done := m.processed[id]; done {
		return false, nil
	}
	changed := memoryTx(maps.Clone(m.notes))
	if err := work(changed); err != nil {
		return false, err
	}
	m.notes, m.processed[id] = changed, time.Now()
	return true, nil
}

// Forget implements Store.
func (m *Memory) Forget(_ context.Context, before time.Time) (int64, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	had := len(m.processed)
	maps.DeleteFunc(m.processed, func(_ string, at time.Time) bool { return at.Before(before) })
	return int64(had - len(m.processed)), nil
}

// Close implements Store.
func (m *Memory) Close() {}
