import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  PlannedChange,
  ReportReceipt,
} from '@waymark/plugin-infrastructure-common';
import type {
  ReportDelivery,
  Reporting,
} from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import type { AuditTrail } from '../audit/AuditTrail';
import type { Engines } from '../offerings/Offerings';
import type { HandedOver, Order, ResourceRow } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import type { Completion } from '../runs/Completion';
import type { ReportRow, ReportStore } from './ReportStore';

type Parts = {
  knex: Knex;
  audit: AuditTrail;
  completion: Completion;
  engines: Engines;
  logger: LoggerService;
  requests: RequestStore;
  store: ReportStore;
  /** How long a report is waited for. */
  patienceMs: number;
  onChanged: (requestId: string) => void;
};

const hourMs = 3_600_000;

/** How long it was, as people say it. */
function lasting(ms: number): string {
  if (ms < 2 * hourMs) return `${Math.round(ms / 60_000)} minutes`;
  const hours = Math.round(ms / hourMs);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

/**
 * Hears what became of work that engines gave to other systems. Reports are
 * kept first and looked at then, so that one that comes before the portal is
 * ready for it, or for the second time, or late, does what it should.
 */
export class Reports {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static create(parts: Parts): Reports {
    return new Reports(parts);
  }

  /**
   * Takes what a system delivered.
   *
   * @throws NotFoundError; AuthenticationError; InputError
   */
  async receive(
    engine: string,
    sender: string,
    delivery: ReportDelivery,
  ): Promise<ReportReceipt> {
    const { store } = this.#parts;
    const reporting = this.#parts.engines.get(engine)?.reporting;
    if (!reporting?.senders.includes(sender)) {
      throw new NotFoundError(
        `Nothing here hears reports of ${sender} for ${engine}`,
      );
    }
    reporting.verify(sender, delivery);
    const report = reporting.read(sender, delivery);
    const news =
      report !== undefined && (await store.keep(engine, sender, report));
    if (news) {
      for (const resource of await store.concerned(engine, report.place)) {
        await this.#look(resource);
      }
    }
    return { news };
  }

  /** Looks at a request that was handed over a moment ago: a report may have been quicker. Never fails. */
  async reconsider(requestId: string): Promise<void> {
    const { logger, requests } = this.#parts;
    try {
      const { request, resource } = await requests.order(requestId);
      if (request.state === 'reconciling') await this.#look(resource);
    } catch (error) {
      logger.warn(`The reports on ${requestId} were not read: ${error}`);
    }
  }

  /** Looks at everything that waits, and gives up on what waited too long. */
  async work(): Promise<void> {
    const { logger, patienceMs, store } = this.#parts;
    for (const resource of await store.waiting()) {
      await this.#look(resource).catch(error =>
        logger.warn(`The reports on ${resource.name} were not read: ${error}`),
      );
      const { handed_over_at: since, handover } = resource;
      const patience = handover?.patienceMs ?? patienceMs;
      if (handover && since && Date.now() - since.getTime() > patience) {
        await this.#fail(
          resource,
          handover,
          `Nobody reported for ${lasting(
            patience,
          )}. What was handed over stays. Look at what should finish it; a report that still comes counts, and you can try again or destroy it.`,
          {},
        );
      }
    }
  }

  async #look(resource: ResourceRow): Promise<void> {
    const { engines, store } = this.#parts;
    const { handover } = resource;
    const reporting = handover && engines.get(handover.engine)?.reporting;
    if (!reporting) return;
    const said = await store.about(handover.engine, handover.place);
    const isOwn = ({ place }: ReportRow) => place === handover.place;
    // What is said of more than this resource need not be about it, unless it waits to hear that.
    const about = ['ready', 'drifted'].includes(resource.state)
      ? said.filter(isOwn)
      : said;
    const report = await newest(about, handover, reporting);
    if (report) await this.#follow(resource, handover, report);
    const own = about.find(isOwn);
    if (own) await this.#watch(resource, own, own === report);
  }

  /** Moves on what waits for the report. */
  async #follow(
    resource: ResourceRow,
    handover: HandedOver,
    { message, revision, sender, state }: ReportRow,
  ): Promise<void> {
    const { knex, onChanged } = this.#parts;
    const detail = { sender, revision };
    if (state === 'settled') {
      await this.#complete(resource, handover, detail);
    } else if (state === 'failed') {
      await this.#fail(resource, handover, message, detail);
    } else {
      const told = `${handover.waitsFor} ${message}`;
      const changed = await knex('requests')
        .where({ id: handover.request, state: 'reconciling' })
        .whereNot({ message: told })
        .update({ message: told });
      if (changed > 0) onChanged(handover.request);
    }
  }

  /** Ends a request that came about, were it after everybody had given it up. */
  async #complete(
    resource: ResourceRow,
    handover: HandedOver,
    detail: Record<string, string>,
  ): Promise<void> {
    const { completion } = this.#parts;
    await this.#settle(resource, handover, async (tx, order) => {
      const { request, resource: now } = order;
      if (request.state === 'reconciling') {
        await completion.complete(tx, order, 'succeed', { detail });
        return true;
      }
      const isGivenUp = request.state === 'failed' && now.state === 'failed';
      if (isGivenUp) await completion.complete(tx, order, 'heal', { detail });
      return isGivenUp;
    });
  }

  async #fail(
    resource: ResourceRow,
    handover: HandedOver,
    message: string,
    detail: Record<string, string>,
  ): Promise<void> {
    const { audit, requests } = this.#parts;
    await this.#settle(resource, handover, async (tx, order) => {
      if (order.request.state !== 'reconciling') return false;
      const failed = await requests.move(tx, order, 'fail', { message });
      await requests.moveResource(tx, failed, 'fail');
      await audit.append(tx, [
        {
          action: 'request.failed',
          request: order.request.id,
          resource: resource.id,
          detail: { ...detail, message },
        },
      ]);
      return true;
    });
  }

  /** Does something about a request, as long as it still is about the same that was handed over. */
  async #settle(
    resource: ResourceRow,
    handover: HandedOver,
    act: (tx: Knex.Transaction, order: Order) => Promise<boolean>,
  ): Promise<void> {
    const { knex, onChanged, requests } = this.#parts;
    const changed = await knex.transaction(async tx => {
      const order = await requests.lock(tx, handover.request);
      const since = order.resource.handed_over_at?.getTime();
      return since === resource.handed_over_at?.getTime()
        ? act(tx, order)
        : false;
    });
    if (changed) onChanged(handover.request);
  }

  /** Keeps in mind what is said of a resource that nobody changes just now, and has it looked at. */
  async #watch(
    { id }: ResourceRow,
    { at, message, place, state }: ReportRow,
    isOfThis: boolean,
  ): Promise<void> {
    if (state === 'working') return;
    const drift: PlannedChange[] | null =
      isOfThis && state !== 'settled'
        ? [{ action: 'update', address: place, title: message }]
        : null;
    await this.#parts
      .knex('resources')
      .where({ id })
      .whereIn('state', ['ready', 'drifted'])
      .where(rows =>
        rows
          .whereRaw('reported is distinct from ?::jsonb', [
            drift && JSON.stringify(drift),
          ])
          .orWhere('observed_at', '<', at),
      )
      .update({
        reported: drift && JSON.stringify(drift),
        observed_at: null,
      });
  }
}

/** The newest report that knows of what was handed over. */
async function newest(
  about: ReportRow[],
  handover: HandedOver,
  reporting: Reporting,
): Promise<ReportRow | undefined> {
  for (const row of about) {
    const report = { ...row, at: row.at.toISOString() };
    if (await reporting.includes(handover, report)) return row;
  }
  return undefined;
}
