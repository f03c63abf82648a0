import type { Knex } from 'knex';
import type {
  ChangeRecord,
  DeploymentRecord,
  History,
  IncidentRecord,
} from './model';

type Nullable<T> = {
  [K in keyof T]: undefined extends T[K]
    ? Exclude<T[K], undefined> | null
    : T[K];
};

/** SQL has null where the code has undefined. The row is changed in place: there are many. */
function known<T extends object>(row: Nullable<T>): T {
  const fields: Record<string, unknown> = row;
  for (const name of Object.keys(fields)) fields[name] ??= undefined;
  return row as T;
}

/** Senders may know microseconds; the portal counts whole milliseconds. */
const ms = (column: string) =>
  `floor(extract(epoch from ${column}) * 1000)::float8`;

/** Reads everything known of one component. */
export class HistoryStore {
  async load(tx: Knex, serviceId: number): Promise<History> {
    // During an import the planner's idea of how many components there are is
    // out of date, and reading whole tables for one of them is never right.
    await tx.raw('set local enable_seqscan = off');
    return {
      deployments: await this.#deployments(tx, serviceId),
      changes: await this.#changes(tx, serviceId),
      incidents: await this.#incidents(tx, serviceId),
    };
  }

  async #deployments(tx: Knex, serviceId: number): Promise<DeploymentRecord[]> {
    const { rows } = await tx.raw<{ rows: Nullable<DeploymentRecord>[] }>(
      `select d.id, external_id as "externalId", environment_id as environment,
          status, ${ms('coalesce(finished_at, started_at, observed_at)')} as at,
          sha, commits, ref, title, kind, c.failed as "correctedFailed"
        from deployments d
        left join corrections c on c.deployment_id = d.id and c.ended_at is null
        where service_id = ?`,
      [serviceId],
    );
    return rows.map(row => known<DeploymentRecord>(row));
  }

  async #changes(tx: Knex, serviceId: number): Promise<ChangeRecord[]> {
    const { rows } = await tx.raw<{ rows: Nullable<ChangeRecord>[] }>(
      `select id, external_id as "externalId", number, title, ref,
          ${ms('first_commit_at')} as "firstCommitAt",
          ${ms('opened_at')} as "openedAt", ${ms('merged_at')} as "mergedAt",
          merge_sha as "mergeSha", commits
        from changes where service_id = ?`,
      [serviceId],
    );
    return rows.map(row => known<ChangeRecord>(row));
  }

  /** Its own incidents, and those of others that name or were put down to one of its deployments. */
  async #incidents(tx: Knex, serviceId: number): Promise<IncidentRecord[]> {
    const { rows } = await tx.raw<{
      rows: (Nullable<Omit<IncidentRecord, 'correctedCause'>> & {
        corrected: boolean;
        cause: string | null;
      })[];
    }>(
      // A name may be several deployments': one of the incident's own component
      // is meant first, and elsewhere the one told of first.
      `with named as (
          select i.id from deployments d
          join incidents i on i.caused_by_deployment = d.external_id
          where d.service_id = :serviceId and (i.service_id = :serviceId or (
            not exists (
              select 1 from deployments own where own.service_id = i.service_id
                and own.external_id = i.caused_by_deployment
            )
            and d.id = (
              select min(f.id) from deployments f
              join services v on v.id = f.service_id
              where f.external_id = i.caused_by_deployment
                and v.entity_ref is not null
            )
          ))
          union
          select c.incident_id from corrections c
          join deployments d on d.id = c.cause_id
          where d.service_id = :serviceId and c.ended_at is null
        )
        select i.id, i.service_id <> :serviceId as foreign,
          ${ms('i.created_at')} as "createdAt", ${ms(
        'i.resolved_at',
      )} as "resolvedAt",
          caused_by_deployment as "causedByDeployment",
          caused_by_sha as "causedBySha", change_related as "isChangeRelated",
          c.id is not null as corrected, c.cause_id as cause,
          i.id not in (select id from named) and exists (
            select 1 from deployments d
            join services v on v.id = d.service_id
            where d.external_id = i.caused_by_deployment
              and v.entity_ref is not null
          ) as "namesElsewhere"
        from incidents i
        left join corrections c on c.incident_id = i.id and c.ended_at is null
        where i.id in (
            select id from incidents where service_id = :serviceId
            union select id from named
          )
          and i.created_at is not null`,
      { serviceId },
    );
    return rows.map(({ corrected, cause, ...row }) => ({
      ...known<Omit<IncidentRecord, 'correctedCause'>>(row),
      correctedCause: corrected ? cause : undefined,
    }));
  }
}
