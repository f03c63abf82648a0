import type {
  Definitions,
  MetricId,
  Metrics,
  MetricsAnswer,
  MetricsGroup,
  MetricsQuery,
  Period,
  RowsAnswer,
  StagesAnswer,
} from '@waymark/plugin-dora-common';
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { DoraSettings } from '../config';
import type { Environments } from '../facts/Environments';
import { compare } from './compare';
import { Measurer, type Measured, type Switches } from './Measurer';
import type {
  Caller,
  MetricsService,
  RowsQuery,
  StagesQuery,
} from './MetricsService';
import { StageReader } from './StageReader';
import { switchesOf } from './switchesOf';
import { SumStore } from './SumStore';
import { cellKey, wholeOf, type Parts } from './Part';
import { PartResolver } from './PartResolver';
import {
  dateOf,
  daysIn,
  periodBefore,
  readPeriod,
  requireTimeZone,
  stepsOf,
  type Interval,
  type WeekStart,
} from './period';
import { RowReader, type RowKey } from './RowReader';
import type { ScopeFinder } from './ScopeFinder';
import type { ResolvedScope } from './ScopeResolver';
import { isUpToDate } from './upToDate';

/** An environment that nothing was ever deployed to. */
const nowhere = -1;

/** A question with everything filled in that the caller left out. */
type Question = {
  tx: Knex;
  query: MetricsQuery;
  definitions: Definitions;
  switches: Switches;
  weekStart: WeekStart;
  period: Interval;
  environment: number;
  scope: ResolvedScope;
};

/** Answers from the stored sums. */
export class DefaultMetricsService implements MetricsService {
  readonly #knex: Knex;
  readonly #settings: DoraSettings;
  readonly #environments: Environments;
  readonly #scopes: ScopeFinder;

  private constructor(options: MetricsServiceOptions) {
    this.#knex = options.knex;
    this.#settings = options.settings;
    this.#environments = options.environments;
    this.#scopes = options.scopes;
  }

  static create(options: MetricsServiceOptions): DefaultMetricsService {
    return new DefaultMetricsService(options);
  }

  async metrics(query: MetricsQuery, caller: Caller): Promise<MetricsAnswer> {
    return this.#ask(query, caller, async question => {
      const { definitions, period, scope, tx } = question;
      const previous = periodBefore(period, definitions.timeZone);
      const all = wholeOf(scope, question.environment);
      const measurer = new Measurer(tx);
      const { measured, ...divided } = await this.#measure(question, {
        measurer,
        all,
        previous,
      });
      const [whole] = this.#compareParts(question, all, measured);
      const days = await measurer.deploymentDays(
        all,
        period,
        definitions.timeZone,
      );
      Object.assign(whole.metrics.deploymentFrequency, days);
      return {
        scope: scope.description,
        period: described(period, definitions.timeZone),
        previousPeriod: described(previous, definitions.timeZone),
        definitions,
        metrics: whole.metrics,
        ...divided,
        upToDate: await isUpToDate(tx),
      };
    });
  }

  async stages(query: StagesQuery, caller: Caller): Promise<StagesAnswer> {
    return this.#ask(query, caller, async question => {
      const { tx, period, scope, definitions, environment } = question;
      const sums = await new SumStore(tx).read(
        wholeOf(scope, environment),
        [period],
        'merged',
      );
      return {
        scope: scope.description,
        period: described(period, definitions.timeZone),
        ...(await new StageReader(tx).read({
          scope,
          environment,
          period,
          minimumSample: definitions.minimumSample,
          delivered: sums.get(cellKey('all', 0))?.delivered ?? 0,
          now: Date.now(),
        })),
      };
    });
  }

  async rows(
    metric: MetricId,
    query: RowsQuery,
    caller: Caller,
  ): Promise<RowsAnswer> {
    return this.#ask(query, caller, ({ tx, ...question }) =>
      new RowReader(tx).read(metric, { ...query, ...question }),
    );
  }

  async *rowPages(
    metric: MetricId,
    query: Omit<RowsQuery, 'limit' | 'offset'>,
    caller: Caller,
    limit = 1000,
  ): AsyncGenerator<RowsAnswer> {
    // One period for all pages, though time goes on.
    const now = Date.now();
    const pageAfter = (after?: RowKey) =>
      this.#ask(
        query,
        caller,
        ({ tx, ...question }) =>
          new RowReader(tx).readPage(metric, {
            ...query,
            ...question,
            limit,
            offset: 0,
            after,
          }),
        now,
      );
    let page = await pageAfter();
    yield page.answer;
    while (page.last && page.answer.items.length === limit) {
      page = await pageAfter(page.last);
      yield page.answer;
    }
  }

  /** Fills in the question, and answers it from one moment of the database. */
  async #ask<T>(
    query: MetricsQuery,
    caller: Caller,
    answer: (question: Question) => Promise<T>,
    now = Date.now(),
  ): Promise<T> {
    const { defaults } = this.#settings;
    const timeZone = requireTimeZone(query.timeZone ?? defaults.timeZone);
    const period = readPeriod(query, timeZone, now);
    const environment = this.#environments.nameOf(
      query.environment ?? 'production',
    );
    const environmentId = await this.#environments.find(environment);
    const weekStart = query.weekStart ?? defaults.weekStart;
    const definitions: Definitions = {
      environment,
      timeZone,
      weekStart,
      leadTimeClock: query.leadTimeClock ?? defaults.leadTimeClock,
      recoveryClock: query.recoveryClock ?? defaults.recoveryClock,
      failedAttempts: query.failedAttempts ?? defaults.failedAttempts,
      bands: query.bands ?? defaults.bands,
      minimumSample: defaults.minimumSample,
      baselineDays: this.#settings.baselineMs / 86_400_000,
      incidentWindowHours: this.#settings.incidentWindowMs / 3_600_000,
    };
    return this.#knex.transaction(
      async tx =>
        answer({
          tx,
          query,
          definitions,
          switches: switchesOf(definitions),
          weekStart,
          period,
          environment: environmentId ?? nowhere,
          scope: await this.#scopes.find(tx, query, caller),
        }),
      { isolationLevel: 'repeatable read', readOnly: true },
    );
  }

  /** Measures everything, and what it is divided into where that is asked for. */
  async #measure(
    question: Question,
    options: { measurer: Measurer; all: Parts; previous: Interval },
  ): Promise<
    { measured: Measured } & Pick<
      MetricsAnswer,
      'groups' | 'groupsTotal' | 'undivided'
    >
  > {
    const { definitions, period, switches } = question;
    const { measurer, all, previous } = options;
    const divided = await this.#divisionAsked(question);
    if (divided) {
      const { parts, total, undivided } = divided;
      const measured = await measurer.measureDivided(
        all,
        parts,
        [period, previous],
        switches,
      );
      // The same for all, and to describe it is to ask the calendar.
      const asked = described(period, definitions.timeZone);
      return {
        measured: measured.whole,
        groups: this.#compareParts(question, parts, measured.parts).map(
          group => ({ ...group, period: asked }),
        ),
        groupsTotal: total,
        undivided,
      };
    }
    const steps = stepsAsked(question);
    const measured = await measurer.measure(
      all,
      [period, previous, ...withOneBefore(steps, definitions.timeZone)],
      switches,
    );
    return {
      measured,
      ...(steps.length > 0 && {
        groups: this.#compareSteps(question, steps, measured),
      }),
    };
  }

  /** The components, systems, domains or groups, where that is asked for. */
  async #divisionAsked(
    question: Question,
  ): Promise<{ parts: Parts; total: number; undivided: number } | undefined> {
    const { query, tx, scope, environment } = question;
    const by = query.groupBy;
    if (!by || isStep(by)) return undefined;
    if (query.within || query.alone) {
      throw new InputError(
        'groupBy: what "within" or "alone" narrowed is not divided further; ask for entityRef without them',
      );
    }
    const resolver = new PartResolver(tx);
    return {
      ...(await resolver.divide(scope, by, environment, query)),
      undivided: await resolver.undivided(scope, by),
    };
  }

  /** @param measured - the period, the one before it, the step before the first, and then the steps */
  #compareSteps(
    question: Question,
    steps: Interval[],
    measured: Measured,
  ): MetricsGroup[] {
    const { timeZone } = question.definitions;
    return steps.map((step, index) => {
      const date = dateOf(step.from, timeZone);
      const now = measured.get(cellKey('all', index + 3))!;
      const before = measured.get(cellKey('all', index + 2))!;
      return {
        key: date,
        title: date,
        period: described(step, timeZone),
        metrics: this.#compared(question, now, before, { period: step }),
      };
    });
  }

  /** @param measured - the period, and the one before it */
  #compareParts(
    question: Question,
    parts: Parts,
    measured: Measured,
  ): { key: string; title: string; metrics: Metrics }[] {
    const { period } = question;
    return parts.parts.map(({ key, title }) => ({
      key,
      title,
      metrics: this.#compared(
        question,
        measured.get(cellKey(key, 0))!,
        measured.get(cellKey(key, 1))!,
        { period, entityRef: key === 'all' ? undefined : key },
      ),
    }));
  }

  #compared(
    { definitions, query }: Question,
    now: Parameters<typeof compare>[0]['now'],
    before: Parameters<typeof compare>[0]['before'],
    part: { period: Interval; entityRef?: string },
  ): Metrics {
    const search = searchOf({
      ...(part.entityRef
        ? // A part is what of it is in the scope, without what is below it.
          { entityRef: part.entityRef, within: query.entityRef, alone: 'true' }
        : {
            entityRef: query.entityRef,
            within: query.within,
            alone: query.alone ? 'true' : undefined,
          }),
      filter: query.filter,
      from: new Date(part.period.from).toISOString(),
      to: new Date(part.period.to).toISOString(),
      environment: definitions.environment,
      timeZone: definitions.timeZone,
      leadTimeClock: definitions.leadTimeClock,
      recoveryClock: definitions.recoveryClock,
      failedAttempts: definitions.failedAttempts,
    });
    return compare({
      now,
      before,
      scale: definitions.bands,
      targets: this.#settings.targets,
      rowsOf: metric => `/api/dora/rows/${metric}?${search}`,
    });
  }
}

type Step = 'day' | 'week' | 'month';
function isStep(by: MetricsQuery['groupBy']): by is Step {
  return by === 'day' || by === 'week' || by === 'month';
}

/** Each step is compared with the one before, the first with as long a time before it. */
function withOneBefore(steps: Interval[], timeZone: string): Interval[] {
  return steps.length > 0
    ? [periodBefore(steps[0], timeZone), ...steps]
    : steps;
}

/** The days, weeks or months of the period, where the question is divided by them. */
function stepsAsked({ query, period, definitions, weekStart }: Question) {
  const { timeZone } = definitions;
  return isStep(query.groupBy)
    ? stepsOf(period, query.groupBy, { timeZone, weekStart })
    : [];
}

function searchOf(parameters: Record<string, string | undefined>): string {
  const search = new URLSearchParams(
    Object.entries(parameters).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  return search.toString();
}

function described({ from, to }: Interval, timeZone: string): Period {
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    days: daysIn({ from, to }, timeZone),
  };
}

type MetricsServiceOptions = {
  knex: Knex;
  settings: DoraSettings;
  environments: Environments;
  scopes: ScopeFinder;
};
