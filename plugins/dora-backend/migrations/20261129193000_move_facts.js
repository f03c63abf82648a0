// @ts-check

/**
 * Facts that go from one component to another.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    -- Whether the files of a change told its component.
    alter table changes add by_paths boolean not null default false;
    create index incidents_by_external_id on incidents (source, external_id);

    -- What is concluded of a change that was taken away stays until its
    -- component is computed anew: that finds the days it has to mend by it.
    alter table delivered_changes drop constraint delivered_changes_change_id_fkey;

    -- The number of an issue is unique in its repository alone.
    update incidents set external_id = 'issue:' || lower(regexp_replace(
        substring(url from '^https*://[^/]+/(.+)/(issues|work_items)/(incident/)*[0-9]+'), '/-$', ''
      )) || '#' || substring(external_id from 7)
      where source in ('github', 'gitlab') and external_id ~ '^issue:[0-9]+$'
        and url ~ '^https*://[^/]+/.+/(issues|work_items)/(incident/)*[0-9]+';
  `);
};

/**
 * The ids of issues stay: two could be the same without their repositories.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(`
    delete from delivered_changes d
      where not exists (select 1 from changes c where c.id = d.change_id);
    alter table delivered_changes add constraint delivered_changes_change_id_fkey
      foreign key (change_id) references changes on delete cascade;
    drop index incidents_by_external_id;
    alter table changes drop by_paths;
  `);
};
