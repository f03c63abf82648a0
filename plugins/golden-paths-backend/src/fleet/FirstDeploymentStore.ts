import type { FirstDeployments } from '@waymark/plugin-golden-paths-common';
import type { Knex } from 'knex';
import type { ServiceRow } from './ServiceStore';

/** The first deployment of a service. */
export type FirstDeployment = { at: Date; environment: string };

/** A service that a form made. */
export type MadeService = Pick<ServiceRow, 'entity_ref'> & { made_at: Date };

/** In SQL, of a row of `services`: whether it was deployed, as far as anybody knows. */
export const firstDeploymentState = `case
  when made_at is null then null
  when deployed_at is not null then 'deployed'
  when deployment_known then 'none'
  else 'unknown' end`;

const seconds = 'extract(epoch from deployed_at - made_at)';

/** Keeps when services were deployed first after a form had made them. */
export class FirstDeploymentStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Those of which it is time to ask: of one that was not deployed soon, of one
   * that was once a day, since a backfill may bring an earlier deployment.
   */
  async due(limit: number): Promise<MadeService[]> {
    return this.#knex('services')
      .whereNotNull('template')
      .whereNotNull('made_at')
      .andWhereRaw(
        `(deployment_asked_at is null
          or deployment_asked_at < now() - interval '1 day'
          or (deployed_at is null
            and deployment_asked_at < now() - interval '5 minutes'))`,
      )
      .orderByRaw('deployment_asked_at nulls first, entity_ref')
      .limit(limit)
      .select('entity_ref', 'made_at');
  }

  /** @param found - nothing when there was none yet */
  async put(entityRef: string, found?: FirstDeployment): Promise<void> {
    await this.#note(entityRef, {
      deployed_at: found?.at ?? null,
      deployed_to: found?.environment ?? null,
      deployment_known: true,
    });
  }

  /** Nobody answered: what was known stays, and it is asked again later. */
  async putUnanswered(entityRef: string): Promise<void> {
    await this.#note(entityRef, {});
  }

  async summary(): Promise<FirstDeployments> {
    const { rows } = await this.#knex.raw<{ rows: SummaryRow[] }>(`
      select count(*) filter (where state = 'deployed')::int as deployed,
        count(*) filter (where state = 'none')::int as none,
        count(*) filter (where state = 'unknown')::int as unknown,
        percentile_cont(array[0, 0.25, 0.5, 0.75, 1])
          within group (order by seconds) as seconds
      from (
        select ${firstDeploymentState} as state, ${seconds} as seconds
        from services where template is not null and made_at is not null) made`);
    const [{ deployed, none, unknown, seconds: spread }] = rows;
    // Without a deployment there is no time: that is not zero.
    if (!spread || deployed === 0) return { deployed, none, unknown };
    const [shortest, lowerQuartile, median, upperQuartile, longest] =
      spread.map(Math.round);
    return {
      deployed,
      none,
      unknown,
      seconds: { shortest, lowerQuartile, median, upperQuartile, longest },
    };
  }

  async #note(entityRef: string, known: object): Promise<void> {
    await this.#knex('services')
      .where({ entity_ref: entityRef })
      .update({ ...known, deployment_asked_at: this.#knex.fn.now() });
  }
}

type SummaryRow = {
  deployed: number;
  none: number;
  unknown: number;
  seconds: number[] | null;
};
