// @ts-check

/**
 * Whether the repository of a service held a record when it last answered, when
 * a form made it, and when it was deployed first.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    alter table services
      add column on_path boolean not null default false,
      -- When a form made the repository; nothing of one that was adopted later.
      add column made_at timestamptz,
      add column deployed_at timestamptz,
      -- The environment.
      add column deployed_to text,
      -- When the delivery metrics were asked for it last, and whether they ever answered.
      add column deployment_asked_at timestamptz,
      add column deployment_known boolean not null default false;
    update services set on_path = true
      where template is not null and read_at is not null and problem is null
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(
    `alter table services drop column on_path, drop column made_at,
      drop column deployed_at, drop column deployed_to,
      drop column deployment_asked_at, drop column deployment_known`,
  );
};
