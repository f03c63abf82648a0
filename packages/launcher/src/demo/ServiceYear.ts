import { createHash } from 'node:crypto';
import {
  atWork,
  clock,
  day,
  dayAt,
  hour,
  minute,
  type Day,
} from './calendar.ts';
import type { Deliverer } from './deliverers.ts';
import type { Change, Deployment, Fact, Incident } from './facts.ts';
import { storm, type Course, type Habits } from './habits.ts';
import { seeded, type Random } from './random.ts';
import {
  changeTitle,
  outsideTrouble,
  slug,
  stormTrouble,
  symptom,
} from './words.ts';

/** What a story is made from. */
export type Plot = {
  service: Deliverer;
  course: Course;
  /** Who writes its changes. */
  authors: string[];
  /** The first and the last instant of the story, in milliseconds. */
  from: number;
  until: number;
};

type Remedy = 'rollback' | 'hotfix' | 'revert' | 'flag';

const remedies: readonly Remedy[] = [
  'rollback',
  'rollback',
  'rollback',
  'hotfix',
  'hotfix',
  'revert',
  'flag',
];

/** Writes one service's year, day by day. */
export class ServiceYear {
  readonly #plot: Plot;
  readonly #random: Random;
  readonly #facts: Fact[] = [];
  #number = 100;
  #commits = 0;
  /** What production runs. */
  #running: string;
  /** The newest commit of the main branch. */
  #head: string;
  #lastMerge: number;
  /** Until then people are busy with an incident. */
  #busyUntil: number;

  constructor(plot: Plot) {
    this.#plot = plot;
    this.#random = seeded(`larkspur ${plot.service.name}`);
    this.#running = this.#sha();
    this.#head = this.#running;
    this.#lastMerge = plot.from;
    this.#busyUntil = plot.from;
  }

  /** The whole year. What would happen after its end is left out. */
  tell(): Fact[] {
    const { from, until } = this.#plot;
    const last = Math.floor(until / day);
    for (let index = Math.ceil(from / day); index <= last; index += 1) {
      const daysLeft = last - index;
      const inStorm =
        this.#plot.course.stormy &&
        daysLeft <= storm.firstDay &&
        daysLeft >= storm.lastDay;
      this.#tellDay(dayAt(index), inStorm);
    }
    for (let open = this.#random.whole(0, 2); open > 0; open -= 1) {
      this.#facts.push(this.#write(until));
    }
    return this.#facts.flatMap(fact => endedBy(fact, until));
  }

  #tellDay(today: Day, inStorm: boolean): void {
    const { course, from, until } = this.#plot;
    const random = this.#random;
    const planned = course.habitsAt(
      Math.min(1, Math.max(0, (today.date - from) / (until - from))),
    );
    const habits = inStorm
      ? { ...planned, failRate: 0.45, recoveryHours: 7, brokenRate: 0.12 }
      : planned;
    if (inStorm && random.happens(0.5)) {
      this.#suffer(clock(today, random.between(0, 23)), {
        title: stormTrouble(random),
        severity: random.pick(['P1', 'P2']),
        hours: random.around(5),
      });
    } else if (random.happens(0.006)) {
      this.#suffer(clock(today, random.between(0, 23)), {
        title: outsideTrouble(random),
        severity: 'P2',
        hours: random.around(2),
        isChangeRelated: false,
      });
    }
    if (today.work === 0 || !course.weekdays.includes(today.weekday)) return;
    const releases = random.count(
      (habits.deploymentsPerWeek / course.weekdays.length) * today.work,
    );
    const hours = Array.from({ length: releases }, () =>
      random.between(...course.hours),
    ).sort((a, b) => a - b);
    for (const at of hours) this.#release(clock(today, at), habits);
  }

  #release(at: number, habits: Habits): void {
    const random = this.#random;
    // Not while an incident goes on, and not into a deployment that still runs.
    if (at < this.#busyUntil + 30 * minute) return;
    this.#busyUntil = at;
    const size = Math.max(1, random.count(habits.changesPerDeployment));
    const changes = this.#mergeUntil(at - 50 * minute, size, habits);
    if (changes.length === 0) return;

    this.#deploy(at - 30 * minute, { environment: 'staging' });
    if (random.happens(habits.cancelledRate)) {
      this.#deploy(at, { status: 'cancelled' });
      return;
    }
    if (random.happens(habits.brokenRate)) {
      this.#deploy(at, { status: 'failure' });
      const again = at + random.around(habits.recoveryHours / 2) * hour;
      this.#busyUntil = again;
      this.#deploy(again, {});
      return;
    }
    const before = this.#running;
    const { id } = this.#deploy(at, {});
    if (random.happens(habits.failRate)) {
      this.#fail({ at, id, before, change: changes[0], habits });
    }
  }

  /** Something is wrong after a deployment, and people set it right. */
  #fail(options: {
    at: number;
    id: number;
    before: string;
    change: Change;
    habits: Habits;
  }): void {
    const { at, id, before, change, habits } = options;
    const random = this.#random;
    const noticed =
      at + Math.min(8, Math.max(0.1, random.around(0.5, 0.9))) * hour;
    const hours = Math.max(0.15, random.around(habits.recoveryHours));
    const remedy = random.pick(remedies);
    const during = (share: number) => noticed + hours * share * hour;
    this.#suffer(noticed, {
      title: symptom(random),
      severity: random.pick(['P1', 'P2', 'P2', 'P3']),
      hours,
      // A switch turned off leaves no trace in Git: people wrote down what it was.
      ...(remedy === 'flag' && { causedBy: id }),
    });
    if (remedy === 'flag') return;
    if (remedy === 'rollback') {
      // Half of the tools say what they do; the other half just deploys the earlier commit.
      this.#deploy(during(0.7), {
        sha: before,
        rollback: random.happens(0.5),
      });
      return;
    }
    const title =
      remedy === 'hotfix'
        ? `Hotfix: ${change.title.toLowerCase()}`
        : `Revert "${change.title}"`;
    this.#merge(
      this.#write(during(0.6), { title, begun: during(0.2) }),
      during(0.6),
    );
    this.#deploy(during(0.85), {
      ref: remedy === 'hotfix' ? `hotfix/${slug(change.title)}` : 'main',
    });
  }

  #suffer(
    at: number,
    options: Pick<
      Incident,
      'title' | 'severity' | 'causedBy' | 'isChangeRelated'
    > & {
      hours: number;
    },
  ): void {
    const { hours, ...said } = options;
    this.#number += 1;
    this.#facts.push({
      type: 'incident',
      service: this.#plot.service,
      id: this.#number,
      createdAt: at,
      resolvedAt: at + hours * hour,
      ...said,
    });
    this.#busyUntil = Math.max(this.#busyUntil, at + hours * hour);
  }

  #deploy(
    finishedAt: number,
    more: Partial<
      Pick<Deployment, 'environment' | 'status' | 'sha' | 'ref' | 'rollback'>
    >,
  ): Deployment {
    this.#number += 1;
    const deployment: Deployment = {
      type: 'deployment',
      service: this.#plot.service,
      id: this.#number,
      environment: 'production',
      status: 'success',
      startedAt: finishedAt - this.#random.between(3, 14) * minute,
      finishedAt,
      sha: this.#head,
      ref: 'main',
      author: this.#random.pick(this.#plot.authors),
      ...more,
    };
    this.#facts.push(deployment);
    if (
      deployment.status === 'success' &&
      deployment.environment === 'production'
    ) {
      this.#running = deployment.sha;
    }
    return deployment;
  }

  /** So many pull requests, merged after the last one and before the instant. */
  #mergeUntil(until: number, size: number, habits: Habits): Change[] {
    const random = this.#random;
    // Who codes quickly releases soon after the merge, too.
    const longestWait = Math.min(12 * day, (habits.leadHours / 2) * hour);
    const after = Math.max(this.#lastMerge + minute, until - longestWait);
    if (after >= until) return [];
    return Array.from({ length: size }, () => random.between(after, until))
      .map(at => Math.max(after, atWork(at, random.whole(0, 580))))
      .sort((a, b) => a - b)
      .map(at => {
        const begun = atWork(
          at - random.around(habits.leadHours) * hour,
          random.whole(0, 500),
        );
        return this.#merge(this.#write(at, { begun }), at);
      });
  }

  /** A pull request as it stands before its merge. */
  #write(
    until: number,
    given: { title?: string; begun?: number } = {},
  ): Change {
    const random = this.#random;
    const { service, course, authors } = this.#plot;
    const begun = Math.min(
      given.begun ?? until - random.around(30) * hour,
      until - 2 * minute,
    );
    const title = given.title ?? changeTitle(random, service.team);
    const openedAt = begun + (until - begun) * random.between(0.25, 0.6);
    const firstReviewAt =
      openedAt + (until - openedAt) * random.between(0.2, 0.6);
    const commits = Array.from({ length: random.whole(1, 5) }, (_, index) => ({
      sha: this.#sha(),
      authoredAt: begun + ((openedAt - begun) * index) / 6,
    }));
    this.#number += 1;
    return {
      type: 'change',
      service,
      id: this.#number,
      title,
      author: random.pick(authors),
      branch: title.startsWith('Hotfix')
        ? `hotfix/${slug(title.slice(8))}`
        : `${slug(title)}-${this.#number}`,
      openedAt,
      firstReviewAt,
      commits,
      squashed: course.squash,
    };
  }

  #merge(change: Change, at: number): Change {
    const { firstReviewAt = change.openedAt } = change;
    const merged: Change = {
      ...change,
      approvedAt: firstReviewAt + (at - firstReviewAt) * 0.7,
      mergedAt: at,
      mergeSha: this.#sha(),
    };
    this.#facts.push(merged);
    this.#head = merged.mergeSha!;
    this.#lastMerge = at;
    return merged;
  }

  #sha(): string {
    this.#commits += 1;
    return createHash('sha1')
      .update(`${this.#plot.service.name} ${this.#commits}`)
      .digest('hex');
  }
}

/** What of a fact is known at the end of the story: nothing of what comes later. */
function endedBy(fact: Fact, until: number): Fact[] {
  if (fact.type === 'deployment') return fact.finishedAt < until ? [fact] : [];
  if (fact.type === 'change') {
    return (fact.mergedAt ?? fact.openedAt) < until ? [fact] : [];
  }
  if (fact.createdAt >= until) return [];
  const { resolvedAt = Infinity } = fact;
  return [{ ...fact, resolvedAt: resolvedAt < until ? resolvedAt : undefined }];
}
