// @ts-check

/**
 * Every version of a golden path that was ever seen, the services of the
 * catalog with the version each is on, upgrades, and campaigns of many.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create table templates (
      template text primary key,
      title text not null,
      current text,
      deprecated_on date,
      replaced_by text,
      -- Why the current version cannot be kept.
      problem text
    );
    create table releases (
      template text not null,
      version text not null,
      published_at timestamptz not null default now(),
      digest text not null,
      content bytea not null,
      primary key (template, version)
    );

    create table services (
      entity_ref text primary key,
      title text not null,
      owner text,
      -- Where the catalog has it from.
      location text,
      etag text,
      -- Coverage counts services; what else is on a golden path is upgraded as well.
      is_service boolean not null,
      template text,
      version text,
      repository text,
      files int,
      drift jsonb,
      problem text,
      -- What of the entity was there when the repository was read.
      read_etag text,
      read_at timestamptz,
      first_seen_at timestamptz not null default now(),
      -- It was there when the portal first looked, so nobody knows how old it is.
      known_before boolean not null,
      -- The version of whose end its owner was told.
      told_version text
    );
    create index services_template on services (template, version);

    create table campaigns (
      id uuid primary key default gen_random_uuid(),
      title text not null,
      template text not null,
      to_version text not null,
      owner text,
      merge text not null check (merge in ('never', 'clean')),
      state text not null default 'running'
        check (state in ('running', 'paused', 'done', 'cancelled')),
      started_by text not null,
      started_at timestamptz not null default now(),
      ended_at timestamptz
    );
    create index campaigns_started on campaigns (started_at desc);

    create table upgrades (
      id uuid primary key default gen_random_uuid(),
      entity_ref text not null,
      repository text not null,
      template text not null,
      from_version text not null,
      to_version text not null,
      answers jsonb not null default '{}',
      campaign_id uuid references campaigns,
      state text not null default 'waiting' check (state in
        ('waiting', 'running', 'proposed', 'merged', 'failed', 'cancelled')),
      asked_by text not null,
      asked_at timestamptz not null default now(),
      -- Which replica works on it: a later one has a higher fence.
      fence int not null default 0,
      leased_until timestamptz,
      ended_at timestamptz,
      -- Where the default branch stood.
      head text,
      branch text,
      commit text,
      proposal_url text,
      summary text,
      changes jsonb not null default '[]',
      conflicts jsonb not null default '[]',
      message text,
      merged_by text
    );
    -- A repository is upgraded by one at a time, and by a campaign once.
    create unique index upgrades_open on upgrades (repository)
      where state in ('waiting', 'running');
    create unique index upgrades_once on upgrades (campaign_id, repository);
    create index upgrades_asked on upgrades (asked_at desc);
    create index upgrades_entity on upgrades (entity_ref, asked_at desc);
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(
    'drop table upgrades, campaigns, services, releases, templates',
  );
};
