package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"service/internal/events"
)

//go:embed schema.sql
var schema string

// Any number will do, as long as nothing else in the database takes it.
const schemaLock = 7_260_113

// Postgres is a Store in a database.
type Postgres struct{ pool *pgxpool.Pool }

// OpenPostgres connects to a database and makes its tables where they are missing.
func OpenPostgres(ctx context.Context, url string) (*Postgres, error) {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		// The address may hold a password, which the error would show.
		return nil, errors.New("DATABASE_URL is not an address of PostgreSQL")
	}
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		// Replicas that start at once would all want to make the tables.
		if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock($1)", schemaLock); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, schema)
		return err
	})
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("making the tables: %w", err)
	}
	return &Postgres{pool: pool}, nil
}

// unavailable tells errors of the database from those of a statement.
func unavailable(err error) error {
	var answered *pgconn.PgError
	switch {
	// An attempt that ran out of time is a matter of its event.
	case err == nil, errors.Is(err, context.DeadlineExceeded):
		return err
	// Classes 08, 53 and 57: no connection, no room, shut down by an operator.
	case errors.As(err, &answered) && !strings.Contains("08 53 57", answered.Code[:2]):
		return err
	default:
		return events.Unavailable(err)
	}
}

type postgresTx struct{ tx pgx.Tx }

func (p postgresTx) Note(ctx context.Context, key string) (Note, error) {
	note := Note{Key: key}
	// Locked, because what is written next depends on what was read.
	err := p.tx.QueryRow(ctx, "select revision, text, author from notes where key = $1 for update", key).
		Scan(&note.Revision, &note.Text, &note.Author)
	if errors.Is(err, pgx.ErrNoRows) {
		return note, ErrNotFound
	}
	return note, unavailable(err)
}

func (p postgresTx) PutNote(ctx context.Context, note Note) error {
	_, err := p.tx.Exec(ctx, `insert into notes (key, revision, text, author) values ($1, $2, $3, $4)
		on conflict (key) do update set revision = $2, text = $3, author = $4`,
		note.Key, note.Revision, note.Text, note.Author)
	return unavailable(err)
}

// Once implements Store. Of two replicas that get the same event, the second waits
// for the first, and finds the id.
func (p *Postgres) Once(ctx context.Context, id string, work func(Tx) error) (bool, error) {
	tx, err := p.pool.Begin(ctx)
	if err != nil {
		return false, events.Unavailable(err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	added, err := tx.Exec(ctx, "insert into processed_events (id) values ($1) on conflict do nothing", id)
	if err != nil {
		return false, unavailable(err)
	}
	if added.RowsAffected() == 0 {
		return false, nil
	}
	if err := work(postgresTx{tx}); err != nil {
		return false, err
	}
	return true, unavailable(tx.Commit(ctx))
}

// Forget implements Store.
func (p *Postgres) Forget(ctx context.Context, before time.Time) (int64, error) {
	deleted, err := p.pool.Exec(ctx, "delete from processed_events where processed_at < $1", before)
	return deleted.RowsAffected(), unavailable(err)
}

// Close implements Store.
func (p *Postgres) Close() { p.pool.Close() }
