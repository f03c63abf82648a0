import type { Knex } from 'knex';
import type { AuditTrail } from '../audit/AuditTrail';
import type { DecisionRecorder } from '../decisions/DecisionRecorder';
import type { RequestStore } from '../requests/RequestStore';

/** Answers that callers may still ask for again are kept this long. */
const answersKept = '1 day';

/** What happens because time passes. */
export class Housekeeping {
  readonly #knex: Knex;
  readonly #audit: AuditTrail;
  readonly #recorder: DecisionRecorder;
  readonly #requests: RequestStore;
  readonly #onChanged: (requestId: string) => void;

  constructor(options: {
    knex: Knex;
    audit: AuditTrail;
    recorder: DecisionRecorder;
    requests: RequestStore;
    onChanged: (requestId: string) => void;
  }) {
    this.#knex = options.knex;
    this.#audit = options.audit;
    this.#recorder = options.recorder;
    this.#requests = options.requests;
    this.#onChanged = options.onChanged;
  }

  async work(): Promise<void> {
    await this.#expireRequests();
    await this.#knex('idempotency')
      .where('at', '<', this.#knex.raw(`now() - interval '${answersKept}'`))
      .delete();
  }

  /** Requests that nobody decided on in time hold what others could use. */
  async #expireRequests(): Promise<void> {
    const due = await this.#knex('requests')
      .where({ state: 'pendingApproval' })
      .where('expires_at', '<', this.#knex.fn.now())
      .select('id');
    for (const { id } of due) {
      const expired = await this.#knex.transaction(async tx => {
        const order = await this.#requests.lock(tx, id);
        if (order.request.state !== 'pendingApproval') return false;
        const moved = await this.#requests.move(tx, order, 'expire', {
          message: 'Nobody decided in time. Ask again, and tell the approvers.',
        });
        await this.#recorder.withdraw(tx, moved);
        await this.#audit.append(tx, [
          {
            action: 'request.expired',
            request: id,
            resource: order.resource.id,
          },
        ]);
        return true;
      });
      if (expired) this.#onChanged(id);
    }
  }
}
