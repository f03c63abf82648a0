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

    -- The number of an issue is unique in its repository alone. Where the
    -- system is served below a path, such as https://example.com/gitlab/, its
    -- addresses do not tell where the repository begins: what the component
    -- is known by does. A component that is known by neither, but by a label
    -- or by gitlab.com/project-id, gets the whole path there.
    update incidents i set external_id = 'issue:' || coalesce(
        (select slug from (
            select k.value as slug from entity_keys k
            join services s on s.entity_ref = k.entity_ref
            where s.id = i.service_id
              and k.annotation in ('github.com/project-slug', 'gitlab.com/project-slug')
            union all
            select substring(key from position(':' in key) + 1) from services
            where id = i.service_id and entity_ref is null
              and key ~ '^(github|gitlab)[.]com/project-slug:'
          ) known
          where right('/' || path, length(slug) + 1) = '/' || slug
          order by length(slug) desc limit 1),
        path
      ) || '#' || substring(external_id from 7)
      from (
        select id, lower(regexp_replace(
          substring(url from '^https*://[^/]+/(.+)/(issues|work_items)/(incident/)*[0-9]+'), '/-$', ''
        )) as path from incidents
      ) told
      where told.id = i.id and told.path is not null
        and i.source in ('github', 'gitlab') and i.external_id ~ '^issue:[0-9]+$';
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
