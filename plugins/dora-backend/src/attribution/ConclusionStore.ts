import type { Knex } from 'knex';
import { binOf } from './bins';
import { changedMonths, rememberMonths } from './digests';
import type { WaitingChange } from './waitingChanges';
import type {
  Attribution,
  DeliveredChange,
  IncidentLink,
  Outcome,
} from './model';

/** A conclusion with the place its component had at the time. */
export type Placed<T> = T & { placement: number };

/** What is concluded of one component, ready to be written. */
export type Conclusions = {
  delivered: Placed<DeliveredChange>[];
  outcomes: Placed<Outcome>[];
  links: IncidentLink[];
  waiting: WaitingChange[];
};

/** A day of UTC in which something of a place changed. */
export type TouchedDay = {
  placement: number;
  environment: number;
  day: string;
};

/** The day of UTC that an instant is in. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The time until a deployment as it is stored: nothing where a change does not count. */
const counting = (change: DeliveredChange, duration: number | undefined) =>
  change.baseline ? undefined : duration;

const binned = (duration: number | undefined) =>
  duration === undefined ? undefined : binOf(duration);

function deliveredRow(change: Placed<DeliveredChange>) {
  const firstCommit = counting(change, change.sinceFirstCommit);
  const opened = counting(change, change.sinceOpened);
  const merged = counting(change, change.sinceMerged);
  return {
    change_id: change.changeId,
    environment_id: change.environment,
    deployment_id: change.deploymentId,
    placement_id: change.placement,
    at: new Date(change.at).toISOString(),
    how: change.how,
    baseline: change.baseline,
    since_first_commit: firstCommit,
    since_opened: opened,
    since_merged: merged,
    first_commit_bin: binned(firstCommit),
    opened_bin: binned(opened),
    merged_bin: binned(merged),
  };
}

function outcomeRow(outcome: Placed<Outcome>) {
  return {
    deployment_id: outcome.deploymentId,
    environment_id: outcome.environment,
    placement_id: outcome.placement,
    at: new Date(outcome.at).toISOString(),
    succeeded: outcome.succeeded,
    failed: outcome.failed,
    failed_reason: outcome.failedReason,
    rework: outcome.rework,
    rework_reason: outcome.reworkReason,
    recovered_at:
      outcome.recoveredAt === undefined
        ? undefined
        : new Date(outcome.recoveredAt).toISOString(),
    since_deployment: outcome.sinceDeployment,
    since_incident: outcome.sinceIncident,
  };
}

function linkRow(link: IncidentLink) {
  return {
    incident_id: link.incidentId,
    deployment_id: link.deploymentId,
    evidence: link.evidence,
    confidence: link.confidence,
    reason: link.reason,
  };
}

function waitingRow(change: WaitingChange) {
  return {
    change_id: change.changeId,
    environment_id: change.environment,
    merged_at: new Date(change.mergedAt).toISOString(),
  };
}

/** How a table of conclusions is written: its columns besides `service_id`, with their types. */
type Table = { name: string; key: string[]; columns: Record<string, string> };

const deliveredTable: Table = {
  name: 'delivered_changes',
  key: ['change_id', 'environment_id'],
  columns: {
    change_id: 'bigint',
    environment_id: 'int',
    deployment_id: 'bigint',
    placement_id: 'int',
    at: 'timestamptz',
    how: 'text',
    baseline: 'boolean',
    since_first_commit: 'bigint',
    since_opened: 'bigint',
    since_merged: 'bigint',
    first_commit_bin: 'smallint',
    opened_bin: 'smallint',
    merged_bin: 'smallint',
  },
};

const outcomeTable: Table = {
  name: 'outcomes',
  key: ['deployment_id'],
  columns: {
    deployment_id: 'bigint',
    environment_id: 'int',
    placement_id: 'int',
    at: 'timestamptz',
    succeeded: 'boolean',
    failed: 'boolean',
    failed_reason: 'text',
    rework: 'text',
    rework_reason: 'text',
    recovered_at: 'timestamptz',
    since_deployment: 'bigint',
    since_incident: 'bigint',
  },
};

const linkTable: Table = {
  name: 'incident_links',
  key: ['incident_id'],
  columns: {
    incident_id: 'bigint',
    deployment_id: 'bigint',
    evidence: 'text',
    confidence: 'text',
    reason: 'text',
  },
};

const waitingTable: Table = {
  name: 'waiting_changes',
  key: ['change_id', 'environment_id'],
  columns: {
    change_id: 'bigint',
    environment_id: 'int',
    merged_at: 'timestamptz',
  },
};

type TouchedRow = {
  placement_id?: number;
  environment_id: number;
  at?: number;
};

/**
 * Writes conclusions so that the tables hold exactly them, and says which
 * days it changed: what is the same as before is not written.
 */
export class ConclusionStore {
  async replace(
    tx: Knex,
    serviceId: number,
    conclusions: Conclusions,
  ): Promise<TouchedDay[]> {
    // The planner does not know how many rows a JSON array holds, and would go
    // through all of them again for each.
    await tx.raw('set local enable_nestloop = off');
    const touched = [
      ...(await this.#replaceMonths(
        tx,
        serviceId,
        deliveredTable,
        conclusions.delivered.map(deliveredRow),
      )),
      ...(await this.#replaceMonths(
        tx,
        serviceId,
        outcomeTable,
        conclusions.outcomes.map(outcomeRow),
      )),
    ];
    await this.#replace(
      tx,
      serviceId,
      linkTable,
      conclusions.links.map(linkRow),
    );
    await this.#replace(
      tx,
      serviceId,
      waitingTable,
      conclusions.waiting.map(waitingRow),
    );
    await tx.raw('set local enable_nestloop = on');
    const days = new Map(
      touched.flatMap(({ placement_id, environment_id, at }) => {
        if (placement_id === undefined || at === undefined) return [];
        const day = {
          placement: placement_id,
          environment: environment_id,
          day: dayOf(at),
        };
        return [[Object.values(day).join(), day] as const];
      }),
    );
    return [...days.values()];
  }

  /** Leaves months alone that are what they were. */
  async #replaceMonths(
    tx: Knex,
    serviceId: number,
    table: Table,
    all: { at: string }[],
  ): Promise<TouchedRow[]> {
    const { rows, months } = await changedMonths(
      tx,
      serviceId,
      table.name,
      all,
    );
    if (months.length === 0) return [];
    const touched = await this.#replace(
      tx,
      serviceId,
      table,
      rows,
      months.map(({ month }) => month),
    );
    await rememberMonths(tx, serviceId, table.name, months);
    return touched;
  }

  /**
   * @param months - the rows of which months they take the place of; of all when absent
   * @returns place and time of every row that was new, changed or removed: as it was, and as it is
   */
  async #replace(
    tx: Knex,
    serviceId: number,
    table: Table,
    rows: object[],
    months?: string[],
  ): Promise<TouchedRow[]> {
    const columns = Object.keys(table.columns);
    const typed = Object.entries(table.columns)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ');
    const key = table.key.join(', ');
    const sameKey = table.key
      .map(name => `o.${name} = n.${name}`)
      .join(' and ');
    const values = (alias: string) =>
      `(${columns.map(name => `${alias}.${name}`).join(', ')})`;
    const where = table.columns.placement_id
      ? 'placement_id, environment_id, (extract(epoch from at) * 1000)::float8 as at'
      : 'null as nothing';
    const { rows: touched } = await tx.raw(
      `with n as materialized (
          select * from jsonb_to_recordset(:rows::jsonb) as r(${typed})
        ),
        o as materialized (
          select o.* from ${
            months ? 'unnest(:months::date[]) as month cross join' : ''
          } lateral (
            select ctid as place, ${columns.join(', ')} from ${table.name}
            where service_id = :serviceId ${
              months
                ? `and at >= month::timestamp at time zone 'UTC'
                  and at < (month + interval '1 month') at time zone 'UTC'`
                : ''
            }
            offset 0
          ) o
        ),
        gone as (
          delete from ${table.name} where ctid = any(array(
            select place from o where not exists (select 1 from n where ${sameKey})
          ))
          -- Another component may have taken it over in this moment.
          and service_id = :serviceId
          returning *
        ),
        fresh as (
          select n.* from n left join o on ${sameKey}
          where o.${table.key[0]} is null or ${values(
        'n',
      )} is distinct from ${values('o')}
        ),
        written as (
          insert into ${table.name} (service_id, ${columns.join(', ')})
          select :serviceId, ${columns.join(', ')} from fresh
          order by ${key}
          on conflict (${key}) do update set service_id = excluded.service_id, ${columns
        .filter(name => !table.key.includes(name))
        .map(name => `${name} = excluded.${name}`)
        .join(', ')}
          returning 1
        )
        select ${where} from gone
        union all select ${where} from fresh
        union all select ${where} from o
          where exists (select 1 from fresh n where ${sameKey})`,
      {
        rows: JSON.stringify(rows),
        serviceId,
        ...(months ? { months } : {}),
      },
    );
    return touched;
  }
}

/** Puts conclusions where their component stood at the time. */
export function place(
  { delivered, outcomes, links }: Attribution,
  waiting: WaitingChange[],
  placementAt: (instant: number) => number,
): Conclusions {
  const placed = <T extends { at: number }>(conclusion: T): Placed<T> => ({
    ...conclusion,
    placement: placementAt(conclusion.at),
  });
  return {
    delivered: delivered.map(placed),
    outcomes: outcomes.map(placed),
    links,
    waiting,
  };
}
