import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { dayOf } from '../../forecast/calendar';
import { knownOf } from '../../forecast/known';
import { daysBefore, seriesOf } from '../../forecast/outlook';
import type { SeriesStore } from '../../forecast/SeriesStore';
import type { FoundAnomaly } from './Anomaly';
import type { AnomalyStore } from './AnomalyStore';
import { detect } from './detect';
import { anomalyNotice } from './notices';
import type { SubjectDay, SubjectStore } from './SubjectStore';

/** Days that are read: what was before says little of what is usual. */
const read = 200;

/** Days that are judged anew each time, since bills are restated; those before are too near to where reading begins. */
const judgedAnew = 150;

/** Days of which owners are told: what is older comes with bills of long ago. */
const toldOf = 35;

/** Looks for what stands out, and tells the owners. */
export class AnomalyFinder {
  readonly #subjects: SubjectStore;
  readonly #series: SeriesStore;
  readonly #store: AnomalyStore;
  readonly #least: number;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  constructor(options: {
    subjects: SubjectStore;
    series: SeriesStore;
    store: AnomalyStore;
    /** Money that an anomaly must be about, at least. */
    least: number;
    notifications: NotificationService;
    logger: LoggerService;
  }) {
    this.#subjects = options.subjects;
    this.#series = options.series;
    this.#store = options.store;
    this.#least = options.least;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  /**
   * Looks once.
   *
   * @param asOf - the day that is not over
   */
  async look(asOf: string, signal?: AbortSignal): Promise<void> {
    const from = daysBefore(asOf, read);
    const since = daysBefore(asOf, judgedAnew);
    const through = await this.#series.through(asOf);
    const found: FoundAnomaly[] = [];
    for (const group of await this.#subjects.groups(from, asOf)) {
      if (signal?.aborted) return;
      const days = await this.#subjects.days(group, from, asOf);
      found.push(...this.#judge(group, days, through, asOf));
    }
    await this.#store.replace(
      since,
      found.filter(({ last }) => last >= since),
    );
    await this.#tell(daysBefore(asOf, toldOf));
  }

  #judge(
    groupRef: string | null,
    days: SubjectDay[],
    through: ReadonlyMap<string, string>,
    asOf: string,
  ): FoundAnomaly[] {
    const services = new Map<string, SubjectDay[]>();
    for (const day of days) {
      const known = services.get(day.service);
      if (known) known.push(day);
      else services.set(day.service, [day]);
    }
    return [...services].flatMap(([service, rows]) =>
      [...knownOf(rows, through, asOf)].flatMap(([currency, known]) =>
        detect(seriesOf(known), this.#least).map(one => ({
          groupRef,
          service,
          currency,
          first: dayOf(one.first),
          last: dayOf(one.last),
          expected: one.expected.toFixed(2),
          actual: one.actual.toFixed(2),
          score: Math.round(one.score * 10) / 10,
        })),
      ),
    );
  }

  async #tell(since: string): Promise<void> {
    for (const anomaly of await this.#store.untold(since)) {
      const [{ groupRef, service }] = anomaly.parts;
      try {
        await this.#store.tell(anomaly.parts, () =>
          this.#notifications.send({
            recipients: { type: 'entity', entityRef: groupRef ?? [] },
            payload: anomalyNotice(anomaly),
          }),
        );
      } catch (error) {
        this.#logger.warn(
          `That ${service} of ${groupRef} stands out since ${anomaly.first} could not be told, and is told later: ${error}`,
        );
      }
    }
  }
}
