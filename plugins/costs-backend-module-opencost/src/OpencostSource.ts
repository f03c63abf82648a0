import { ServiceUnavailableError } from '@backstage/errors';
import type {
  BillingMonth,
  BillSource,
  FocusRow,
} from '@waymark/plugin-costs-node';
import { answerSchema, type Allocation } from './allocation';
import type { OpencostSettings } from './config';
import { focusRows } from './focusRows';

const dayMs = 24 * 60 * 60_000;

/** It asks a Prometheus for a day of everything that ran. */
const longestMs = 5 * 60_000;

/** By what workloads are told apart: as finely as owners can be told. */
const aggregate = 'cluster,namespace,controllerKind,controller';

/** As it wants moments: without fractions of seconds. */
const seconds = (moment: Date) => moment.toISOString().replace(/\.\d+Z$/, 'Z');

/** Asks an OpenCost for what the workloads of its clusters cost, a day at a time. */
export class OpencostSource implements BillSource {
  readonly source: string;
  readonly #settings: OpencostSettings;

  constructor(settings: OpencostSettings) {
    this.source = settings.source;
    this.#settings = settings;
  }

  async *rows(
    month: BillingMonth,
    signal: AbortSignal,
  ): AsyncIterable<FocusRow> {
    const { start, until } = month;
    for (
      let day = { start, end: new Date(start.getTime() + dayMs) };
      day.end <= until;
      day = { start: day.end, end: new Date(day.end.getTime() + dayMs) }
    ) {
      for (const allocation of await this.#allocations(day, signal)) {
        yield* focusRows(allocation, { day, month, settings: this.#settings });
      }
    }
  }

  async #allocations(
    day: { start: Date; end: Date },
    signal: AbortSignal,
  ): Promise<Allocation[]> {
    const { url, token } = this.#settings;
    // The last path of the address stays when something stands before it.
    const address = new URL(`${url.replace(/\/+$/, '')}/allocation/compute`);
    const window = [day.start, day.end].map(seconds).join(',');
    address.search = new URLSearchParams({
      window,
      step: '1d',
      aggregate,
      includeIdle: 'true',
    }).toString();
    const response = await fetch(address, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]),
    });
    const body: unknown = await response.json().catch(() => undefined);
    const answer = answerSchema.safeParse(body);
    if (!response.ok || !answer.success) {
      const reason = answer.success
        ? ''
        : `, and that is no answer to a question for allocations: ${answer.error.issues
            .slice(0, 3)
            .map(({ path, message }) => `${path.join('.')} ${message}`)
            .join('; ')}`;
      throw new ServiceUnavailableError(
        `OpenCost at ${address.origin} answered ${response.status} of ${window}${reason}. Look into its log, and whether costs.sources.opencost names its API`,
      );
    }
    return answer.data.data.flatMap(set => Object.values(set ?? {}));
  }
}
