import type { LoggerService } from '@backstage/backend-plugin-api';
import { numberOf } from '../../forecast/calendar';
import { daysBefore } from '../../forecast/outlook';
import type { SeriesStore } from '../../forecast/SeriesStore';
import { findingsOf } from './Finding';
import { isShown, windowDays, type Line } from './Line';
import type { LineStore } from './LineStore';
import type { ManagedResources } from './ManagedResources';
import { neededDays, outcomeOf } from './outcome';
import type { RecommendationStore } from './RecommendationStore';
import type { Managed } from './Rule';
import { rules } from './rules';

/** For how long bills are laid beside what was accepted; afterwards other things have happened. */
const verifiedFor = 120;

/** Looks for what could cost less, and whether anything came of what was accepted. */
export class RecommendationFinder {
  readonly #lines: LineStore;
  readonly #series: SeriesStore;
  readonly #store: RecommendationStore;
  readonly #resources: ManagedResources;
  readonly #least: number;
  readonly #logger: LoggerService;

  constructor(options: {
    lines: LineStore;
    series: SeriesStore;
    store: RecommendationStore;
    resources: ManagedResources;
    /** Money that a saving must be about in 30 days, at least. */
    least: number;
    logger: LoggerService;
  }) {
    this.#lines = options.lines;
    this.#series = options.series;
    this.#store = options.store;
    this.#resources = options.resources;
    this.#least = options.least;
    this.#logger = options.logger;
  }

  /**
   * Looks once. Without the infrastructure plugin nothing is said that rests on
   * it, and what was said before stays.
   *
   * @param asOf - the day that is not over
   */
  async look(asOf: string): Promise<void> {
    const through = await this.#series.through(asOf);
    const lines = await this.#lines.lines(through, this.#least);
    const managed = await this.#managed(lines);
    const used = rules.filter(rule => managed || !rule.needsManaged);
    const found = findingsOf(used, {
      lines,
      managed: managed ?? new Map(),
      least: this.#least,
    });
    await this.#store.replace(
      used.map(({ id }) => id),
      found,
    );
    await this.#verify(through, asOf);
  }

  async #managed(lines: Line[]): Promise<Map<string, Managed> | undefined> {
    const billed = new Set(
      lines
        .filter(isShown)
        .flatMap(({ entityRef }) =>
          entityRef?.startsWith('resource:') ? [entityRef] : [],
        ),
    );
    try {
      return await this.#resources.read(billed);
    } catch (error) {
      this.#logger.warn(
        `What could cost less is looked for without the infrastructure plugin, which does not answer: ${error}`,
      );
      return undefined;
    }
  }

  async #verify(
    through: ReadonlyMap<string, string>,
    asOf: string,
  ): Promise<void> {
    const accepted = await this.#store.accepted(daysBefore(asOf, verifiedFor));
    for (const { id, source, currency, subject, low, day } of accepted) {
      const upTo = through.get(source);
      const days = upTo ? numberOf(upTo) - numberOf(day) : 0;
      if (!upTo || days < neededDays) continue;
      // As many days as before, and the newest of them.
      const counted = Math.min(days, windowDays);
      const [before, since] = await Promise.all([
        this.#lines.costOf({
          source,
          currency,
          subject,
          after: daysBefore(day, windowDays),
          upTo: day,
        }),
        this.#lines.costOf({
          source,
          currency,
          subject,
          after: daysBefore(upTo, counted),
          upTo,
        }),
      ]);
      await this.#store.verify(
        id,
        outcomeOf(low, { before, since, days: counted, through: upTo }),
      );
    }
  }
}
