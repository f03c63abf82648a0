import type { Knex } from 'knex';
import { FactStore } from './FactStore';
import { servicesOfIncidents } from './servicesOfIncidents';

/** What a person set right. */
export type NewCorrection = {
  reason: string;
  by: string;
} & (
  | { deployment: string; failed: boolean | undefined }
  | { incident: string; cause: string | null | undefined }
);

/** Keeps what people said, apart from what systems reported: computing anew never loses it. */
export class CorrectionStore {
  readonly #knex: Knex;
  readonly #facts = new FactStore();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Takes a correction, ends the one before it, and marks the components it
   * concerns. Undefined takes back.
   *
   * @returns those components
   */
  async put(correction: NewCorrection): Promise<number[]> {
    const target =
      'deployment' in correction
        ? { deployment_id: correction.deployment }
        : { incident_id: correction.incident };
    return this.#knex.transaction(async tx => {
      // Whoever corrects the same at the same time waits here.
      const table = 'deployment' in correction ? 'deployments' : 'incidents';
      await tx(table)
        .where({ id: Object.values(target)[0] })
        .forUpdate()
        .first('id');
      const before = await tx('corrections')
        .where({ ...target, ended_at: null })
        .update({ ended_at: tx.fn.now() })
        .returning<{ cause_id: string | null }[]>('cause_id');
      const said =
        'deployment' in correction ? correction.failed : correction.cause;
      const cause = 'incident' in correction ? correction.cause : undefined;
      await tx('corrections').insert({
        ...target,
        failed: 'deployment' in correction ? correction.failed ?? null : null,
        cause_id: cause ?? null,
        reason: correction.reason,
        by_ref: correction.by,
        takes_back: said === undefined,
        // Taking back is written down, and has no effect of its own.
        ended_at: said === undefined ? tx.fn.now() : null,
      });
      const causes = [cause, ...before.map(row => row.cause_id)].filter(
        (id): id is string => typeof id === 'string',
      );
      const { rows } = await tx.raw<{ rows: { service_id: number }[] }>(
        `with concerned as (
            select id, service_id, caused_by_deployment from incidents where id = :incident
          )
          ${servicesOfIncidents}
          union select service_id from deployments where id = any(:deployments::bigint[])`,
        {
          incident: 'incident' in correction ? correction.incident : null,
          deployments:
            'deployment' in correction ? [correction.deployment] : causes,
        },
      );
      const concerned = rows.map(row => row.service_id);
      await this.#facts.markStale(tx, concerned);
      return concerned;
    });
  }
}
