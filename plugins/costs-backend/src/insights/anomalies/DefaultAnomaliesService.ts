import { InputError, NotFoundError } from '@backstage/errors';
import { callerName } from '@waymark/plugin-authorization-node';
import {
  sum,
  type AnomaliesQuery,
  type Anomaly,
  type AnomalyDetail,
  type AnomalyPage,
  type AnomalyVerdict,
} from '@waymark/plugin-costs-common';
import { requireDay } from '../../charges/days';
import type { Condition } from '../../charges/dimensions';
import { readEntityRef } from '../../charges/entityRef';
import { daysBefore, today } from '../../forecast/outlook';
import { dayOf, numberOf } from '../../forecast/calendar';
import type { DayRow, SeriesStore } from '../../forecast/SeriesStore';
import type { Caller } from '../../import/ImportsService';
import type { ChangeStore } from '../changes/ChangeStore';
import { lineOf, partsOf } from '../changes/answers';
import type { AnomaliesService, AnomalyWrite } from './AnomaliesService';
import type { Judgement } from './Anomaly';
import type { AnomalyParts, AnomalyStore } from './AnomalyStore';

/** Days before and after an anomaly that are shown with it. */
const around = { before: 42, after: 7 };

/** Lines that are shown as its causes. */
const shownLines = 10;

/** For how long a service may be muted. */
const longest = 366;

function readVerdict({ verdict, reason, until }: AnomalyVerdict): Judgement {
  if (verdict === 'open')
    return { verdict, reason: undefined, mutedUntil: null };
  if (!reason?.trim()) {
    throw new InputError(
      'reason: say why, so that nobody looks for it a second time',
    );
  }
  if (verdict === 'explained') {
    return { verdict, reason: reason.trim(), mutedUntil: null };
  }
  if (!until) {
    throw new InputError('until: say the day from which it counts again');
  }
  requireDay('until', until);
  const now = today(Date.now());
  if (until <= now || until > dayOf(numberOf(now) + longest)) {
    throw new InputError(
      `until: ${until} is not within the ${longest} days that come`,
    );
  }
  return { verdict, reason: reason.trim(), mutedUntil: until };
}

/** The charges of its services that its owners bear alone. */
const conditionsOf = ({ parts }: Anomaly): Condition[] => [
  {
    dimension: { kind: 'column', name: 'ServiceName' },
    values: [...new Set(parts.map(({ service }) => service || null))],
  },
  {
    dimension: { kind: 'owner', level: 'group' },
    values: [...new Set(parts.map(({ groupRef }) => groupRef))],
    // Those below them have anomalies of their own, and so has what is shared.
    isAlone: true,
  },
];

/** What all sources together say of each day. */
function byDay(rows: DayRow[]): AnomalyDetail['days'] {
  const days = new Map<string, string>();
  for (const { day, amount } of rows) {
    days.set(day, sum([days.get(day) ?? '0', amount]));
  }
  return [...days].map(([date, amount]) => ({ date, amount }));
}

/** Shows what stood out, with its causes, and keeps what people say of it. */
export class DefaultAnomaliesService implements AnomaliesService {
  readonly #store: AnomalyStore;
  readonly #changes: ChangeStore;
  readonly #series: SeriesStore;

  constructor(options: {
    store: AnomalyStore;
    changes: ChangeStore;
    series: SeriesStore;
  }) {
    this.#store = options.store;
    this.#changes = options.changes;
    this.#series = options.series;
  }

  async list(
    query: AnomaliesQuery,
    _caller: Caller,
    within?: string[],
  ): Promise<AnomalyPage> {
    const { entityRef, verdict, limit = 50, offset = 0 } = query;
    return this.#store.list({
      entityRef: entityRef ? readEntityRef(entityRef) : undefined,
      verdict,
      within,
      limit,
      offset,
    });
  }

  async find(
    id: string,
    _caller: Caller,
    within?: string[],
  ): Promise<AnomalyDetail> {
    const anomaly = await this.#required(id, { within });
    const { first, last, currency, measure } = anomaly;
    const filter = conditionsOf(anomaly);
    const end = dayOf(numberOf(last) + 1);
    // Beside the same days of weeks before, so that weekends meet weekends.
    const weeks = Math.ceil((numberOf(end) - numberOf(first)) / 7);
    const [days, lines] = await Promise.all([
      this.#series.days({
        from: daysBefore(first, around.before),
        to: dayOf(numberOf(end) + around.after),
        measure,
        filter,
      }),
      this.#changes.byLine({
        now: { from: first, to: end },
        before: {
          from: daysBefore(first, weeks * 7),
          to: daysBefore(end, weeks * 7),
        },
        measure,
        filter,
        limit: shownLines,
      }),
    ]);
    return {
      ...anomaly,
      days: byDay(days.filter(day => day.currency === currency)),
      comparedWith: {
        from: daysBefore(first, weeks * 7),
        to: daysBefore(end, weeks * 7),
      },
      causes: lines
        .filter(line => line.currency === currency && line.place <= shownLines)
        .map(lineOf),
      others: lines
        .filter(line => line.currency === currency && line.place > shownLines)
        .map(line => ({
          currency,
          groups: line.lines,
          ...partsOf(line),
        })),
    };
  }

  async judge(
    id: string,
    verdict: AnomalyVerdict,
    caller: Caller,
    parts?: string[],
  ): Promise<AnomalyWrite> {
    const judgement = readVerdict(verdict);
    const before = await this.#required(id, { parts });
    await this.#store.judge(
      id,
      judgement,
      callerName(caller.credentials),
      parts,
    );
    return { before, anomaly: await this.#required(id, { parts }) };
  }

  async #required(id: string, only: AnomalyParts): Promise<Anomaly> {
    const anomaly = await this.#store.find(id, only);
    if (!anomaly) {
      throw new NotFoundError(`There is no anomaly ${id} that you may see`);
    }
    return anomaly;
  }
}
