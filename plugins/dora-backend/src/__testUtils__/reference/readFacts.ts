import type { Knex } from 'knex';
import type { RawHistory } from './facts';

const ms = (column: string) =>
  `floor(extract(epoch from ${column}) * 1000)::float8`;

/** The raw facts of each component, by its reference. */
export async function readFacts(knex: Knex): Promise<Map<string, RawHistory>> {
  const read = async <T>(sql: string): Promise<(T & { service: string })[]> =>
    (await knex.raw(sql)).rows;
  const deployments = await read<RawHistory['deployments'][number]>(`
    select s.entity_ref as service, d.id::int, external_id as "externalId",
      environment_id as environment, status, sha, commits, ref, title, kind,
      ${ms('coalesce(finished_at, started_at)')} as at,
      (select failed from corrections c
        where c.deployment_id = d.id and ended_at is null) as "saidFailed"
    from deployments d join services s on s.id = d.service_id`);
  const changes = await read<RawHistory['changes'][number]>(`
    select s.entity_ref as service, c.id::int, external_id as "externalId",
      title, ref, merge_sha as "mergeSha", commits,
      ${ms('first_commit_at')} as "firstCommitAt",
      ${ms('opened_at')} as "openedAt", ${ms('merged_at')} as "mergedAt"
    from changes c join services s on s.id = c.service_id`);
  const incidents = await read<RawHistory['incidents'][number]>(`
    select s.entity_ref as service, i.id::int,
      ${ms('created_at')} as "createdAt", ${ms('resolved_at')} as "resolvedAt",
      caused_by_deployment as "causedByDeployment",
      caused_by_sha as "causedBySha", change_related as "changeRelated"
    from incidents i join services s on s.id = i.service_id`);
  const { rows } = await knex.raw<{ rows: { ref: string }[] }>(
    'select entity_ref as ref from services where entity_ref is not null',
  );
  const of = <T extends { service: string }>(facts: T[], ref: string) =>
    facts.filter(({ service }) => service === ref);
  return new Map(
    rows.map(({ ref }) => [
      ref,
      {
        deployments: of(deployments, ref),
        changes: of(changes, ref),
        incidents: of(incidents, ref),
      },
    ]),
  );
}
