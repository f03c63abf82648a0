// Package entries is the example resource: short texts kept under a key.
package entries

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
)

// Entry is a text under its key.
type Entry struct {
	Key       string    `json:"key"`
	Text      string    `json:"text"`
	CreatedAt time.Time `json:"createdAt"`
	CreatedBy string    `json:"createdBy"`
}

// What a store may say.
var (
	ErrExists   = errors.New("there is already an entry under this key")
	ErrNotFound = errors.New("there is no entry under this key")
)

// Store keeps entries. Put a database behind it.
type Store interface {
	// Add fails with ErrExists.
	Add(ctx context.Context, entry Entry) error
	// Get fails with ErrNotFound.
	Get(ctx context.Context, key string) (Entry, error)
	// List gives entries in the order of their keys, those after a key.
	List(ctx context.Context, after string, limit int) ([]Entry, error)
	// Remove fails with ErrNotFound.
	Remove(ctx context.Context, key string) error
}

// Memory is a Store that ends with its process.
type Memory struct {
	mutex   sync.RWMutex
	entries map[string]Entry
}

// NewMemory makes an empty store.
func NewMemory() *Memory { return &Memory{entries: map[string]Entry{}} }

// Add implements Store.
func (m *Memory) Add(_ context.Context, entry Entry) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if _, exists := m.entries[entry.Key]; exists {
		return ErrExists
	}
	m.entries[entry.Key] = entry
	return nil
}

// Get implements Store.
func (m *Memory) Get(_ context.Context, key string) (Entry, error) {
	m.mutex.RLock()
	defer m.mutex.RUnlock()
	entry, exists := m.entries[key]
	if !exists {
		return Entry{}, ErrNotFound
	}
	return entry, nil
}

// List implements Store.
func (m *Memory) List(_ context.Context, after string, limit int) ([]Entry, error) {
	m.mutex.RLock()
	defer m.mutex.RUnlock()
	found := []Entry{}
	for key, entry := range m.entries {
		if key > after {
			found = append(found, entry)
		}
	}
	slices.SortFunc(found, func(a, b Entry) int { return strings.Compare(a.Key, b.Key) })
	return found[:min(limit, len(found))], nil
}

// Remove implements Store.
func (m *Memory) Remove(_ context.Context, key string) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if _, exists := m.entries[key]; !exists {
		return ErrNotFound
	}
	delete(m.entries, key)
	return nil
}
