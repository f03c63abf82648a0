// @ts-check

const prefix = `rule || ' ' || source || ' ' || currency || ' '`;

/** What recommendations of each rule are about, from what they were known by before. */
const known = `case
  when rule in ('stopped-use', 'nobodys') then ${prefix} || resource_id
  when rule in ('beside-peers', 'loud-telemetry') then ${prefix} || entity_ref
  when rule in ('beside-production', 'old-generation') then
    ${prefix} || resource_id || ' ' || substr(fingerprint, length(
      ${prefix} || coalesce(entity_ref, resource_id) || ' ' || service || ' ' || resource_id || ' '
    ) + 1)
end`;

/**
 * Recommendations are known by what they are about alone, so that what people
 * said of one stays with it when its lines change. Of several that are the same
 * one now, the one that somebody judged last is kept.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    create temporary table restated on commit drop as
      select id, coalesce(${known}, fingerprint) as fingerprint,
        row_number() over (
          partition by coalesce(${known}, fingerprint)
          order by judged_at desc nulls last, found_at desc, id
        ) as place
      from recommendations;
    delete from recommendations r using restated n
      where n.id = r.id and n.place > 1;
    update recommendations r set fingerprint = n.fingerprint
      from restated n where n.id = r.id and n.fingerprint <> r.fingerprint;
  `);
};

/** What they were known by before is not in their rows any more: those that nobody judged are found again. */
exports.down = async function down() {};
