create table if not exists notes (
  key text primary key,
  revision bigint not null,
  text text not null,
  author text not null
);

create table if not exists processed_events (
  id text primary key,
  processed_at timestamptz not null default now()
);

create index if not exists processed_events_processed_at
  on processed_events (processed_at);
