package store_test

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"service/internal/events"
	"service/internal/store"
)

// stores are held against the same promises. PostgreSQL takes part where
// TEST_DATABASE_URL names a database for tests.
func stores(t *testing.T) map[string]store.Store {
	found := map[string]store.Store{"memory": store.NewMemory()}
	if url := os.Getenv("TEST_DATABASE_URL"); url != "" {
		postgres, err := store.OpenPostgres(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		found["postgres"] = postgres
	}
	return found
}

func each(t *testing.T, test func(t *testing.T, kept store.Store)) {
	t.Helper()
	for name, kept := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Cleanup(kept.Close)
			if _, err := kept.Forget(t.Context(), time.Now().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			test(t, kept)
		})
	}
}

func put(key string, revision int64) func(store.Tx) error {
	return func(tx store.Tx) error {
		return tx.PutNote(context.Background(), store.Note{Key: key, Revision: revision})
	}
}

func revision(t *testing.T, kept store.Store, key string) int64 {
	t.Helper()
	var found store.Note
	_, err := kept.Once(t.Context(), "reading "+key+time.Now().String(), func(tx store.Tx) error {
		note, err := tx.Note(t.Context(), key)
		found = note
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found.Revision
}

func TestWorkIsDoneOnce(t *testing.T) {
	each(t, func(t *testing.T, kept store.Store) {
		for attempt := range 3 {
			fresh, err := kept.Once(t.Context(), "event 1", put(t.Name(), int64(attempt+1)))
			if err != nil || fresh != (attempt == 0) {
				t.Errorf("attempt %d: %v, %v", attempt, fresh, err)
			}
		}
		if found := revision(t, kept, t.Name()); found != 1 {
			t.Errorf("revision %d", found)
		}
	})
}

func TestFailedWorkLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, kept store.Store) {
		broken := errors.New("broken")
		_, err := kept.Once(t.Context(), "event 2", func(tx store.Tx) error {
			if err := put(t.Name(), 7)(tx); err != nil {
				return err
			}
			return broken
		})
		if !errors.Is(err, broken) || errors.Is(err, events.ErrUnavailable) {
			t.Errorf("got %v", err)
		}
		if found := revision(t, kept, t.Name()); found != 0 {
			t.Errorf("revision %d was kept", found)
		}
		if fresh, err := kept.Once(t.Context(), "event 2", put(t.Name(), 8)); err != nil || !fresh {
			t.Errorf("a failed event is not tried again: %v, %v", fresh, err)
		}
	})
}

func TestTheSameEventAtTheSameTime(t *testing.T) {
	each(t, func(t *testing.T, kept store.Store) {
		var group sync.WaitGroup
		var mutex sync.Mutex
		done := 0
		for range 8 {
			group.Go(func() {
				fresh, err := kept.Once(t.Context(), "event 3", put(t.Name(), 1))
				mutex.Lock()
				defer mutex.Unlock()
				if err != nil {
					t.Error(err)
				}
				if fresh {
					done++
				}
			})
		}
		group.Wait()
		if done != 1 {
			t.Errorf("done %d times", done)
		}
	})
}

func TestForgetsOldEvents(t *testing.T) {
	each(t, func(t *testing.T, kept store.Store) {
		if _, err := kept.Once(t.Context(), "event 4", put(t.Name(), 1)); err != nil {
			t.Fatal(err)
		}
		if forgotten, err := kept.Forget(t.Context(), time.Now().Add(-time.Hour)); err != nil || forgotten != 0 {
			t.Errorf("forgot %d, %v", forgotten, err)
		}
		if forgotten, err := kept.Forget(t.Context(), time.Now().Add(time.Hour)); err != nil || forgotten != 1 {
			t.Errorf("forgot %d, %v", forgotten, err)
		}
	})
}

func TestADatabaseThatIsNotThereIsUnavailable(t *testing.T) {
	_, err := store.OpenPostgres(t.Context(), "postgres://nobody:secret@127.0.0.1:1/none")
	if err == nil {
		t.Error("connected")
	}
}
