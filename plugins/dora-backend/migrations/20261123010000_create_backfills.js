// @ts-check

/**
 * What was asked for from the past of delivery systems, and how far each
 * project was read.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table backfills (
      id bigint generated always as identity primary key,
      source text not null,
      -- Absent: all that the catalog knows of the source.
      entity_ref text,
      since timestamptz not null,
      requested_by text not null,
      requested_at timestamptz not null default now(),
      state text not null default 'waiting'
        check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
      due_at timestamptz not null default now(),
      -- How often it was taken since it last got on.
      attempts smallint not null default 0,
      -- Grows with every taking: who took it before may write no more.
      fence int not null default 0,
      -- Until then the replica that took it is believed to be alive.
      leased_until timestamptz,
      waits_until timestamptz,
      finished_at timestamptz,
      message text
    );
    -- A system is asked by one at a time, whatever is wanted of it.
    create unique index backfills_running on backfills (source) where state = 'running';
    create index backfills_open on backfills (source, id)
      where state in ('waiting', 'running');

    create table backfill_projects (
      backfill_id bigint not null references backfills on delete cascade,
      position int not null,
      project text not null,
      state text not null default 'waiting'
        check (state in ('waiting', 'done', 'failed')),
      -- Where to go on; absent before the first page.
      cursor text,
      pages int not null default 0,
      facts int not null default 0,
      message text,
      primary key (backfill_id, position)
    );
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop table backfill_projects, backfills');
};
