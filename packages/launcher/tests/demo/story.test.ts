import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { readDeliverers } from '../../src/demo/deliverers.ts';
import {
  instantOf,
  type Deployment,
  type Fact,
  type Incident,
} from '../../src/demo/facts.ts';
import { lineOf } from '../../src/demo/lines.ts';
import { demoStory, storyOf } from '../../src/demo/story.ts';
import { webhooksOf } from '../../src/demo/webhooks.ts';

const until = Date.parse('2026-11-22T15:30:00Z');
const day = 86_400_000;
let story: Fact[] = [];
let production: Deployment[] = [];

const ofType = <T extends Fact['type']>(type: T) =>
  story.filter(
    (fact): fact is Extract<Fact, { type: T }> => fact.type === type,
  );

before(async () => {
  story = await demoStory(until);
  production = ofType('deployment').filter(
    ({ environment }) => environment === 'production',
  );
});

/** Facts of a team, from so many to so many days before the end. */
function of<F extends Fact>(
  facts: F[],
  team: string,
  from: number,
  to: number,
) {
  return facts.filter(
    fact =>
      fact.service.team === team &&
      instantOf(fact) >= until - from * day &&
      instantOf(fact) < until - to * day,
  );
}

describe('the year', () => {
  test('is the same for the same end', async () => {
    assert.deepEqual(await demoStory(until), story);
  });

  test('depends on no other service', async () => {
    const services = await readDeliverers();
    const alone = storyOf({
      services: services.filter(({ name }) => name === 'payments-gateway'),
      authors: new Map([['ledger', ['amara']]]),
      until,
    });
    const among = story.filter(
      ({ service }) => service.name === 'payments-gateway',
    );
    assert.deepEqual(alone.map(instantOf), among.map(instantOf));
  });

  test('lasts a year, in order, and knows nothing of the future', () => {
    const instants = story.map(instantOf);
    assert.deepEqual(
      instants,
      instants.toSorted((a, b) => a - b),
    );
    assert.ok(instants[0] < until - 360 * day);
    assert.ok(instants[0] >= until - 366 * day);
    assert.ok(instants.at(-1)! < until);
    for (const { resolvedAt } of ofType('incident')) {
      assert.ok(resolvedAt === undefined || resolvedAt < until);
    }
  });

  test('names each thing once', () => {
    const names = story.map(
      ({ type, service, id }) => `${type} ${service.name} ${id}`,
    );
    assert.equal(new Set(names).size, names.length);
  });

  test('has changes whose moments follow each other', () => {
    for (const change of ofType('change')) {
      const moments = [
        change.commits[0].authoredAt,
        change.openedAt,
        change.firstReviewAt,
        change.approvedAt,
        change.mergedAt,
      ].filter(moment => moment !== undefined);
      assert.deepEqual(
        moments,
        moments.toSorted((a, b) => a - b),
        lineOf(change),
      );
    }
  });

  test('is quiet on weekends and at Christmas', () => {
    const weekend = production.filter(({ finishedAt }) =>
      [0, 6].includes(new Date(finishedAt).getUTCDay()),
    );
    assert.ok(weekend.length < production.length * 0.02);
    const christmas = production.filter(({ finishedAt }) =>
      new Date(finishedAt).toISOString().includes('-12-25'),
    );
    assert.ok(christmas.length < 5);
  });
});

describe('the plot', () => {
  const perWeek = (team: string, from: number, to: number) =>
    (of(production, team, from, to).length / (from - to)) * 7;
  const failing = (team: string, from: number, to: number) =>
    of<Incident>(
      ofType('incident').filter(
        ({ isChangeRelated }) => isChangeRelated !== false,
      ),
      team,
      from,
      to,
    ).length / of(production, team, from, to).length;

  test('one team improves', () => {
    assert.ok(perWeek('checkout', 90, 0) > 4 * perWeek('checkout', 365, 275));
    assert.ok(failing('checkout', 90, 0) < failing('checkout', 365, 275) / 2);
  });

  test('one team struggles', () => {
    assert.ok(perWeek('fulfilment', 90, 0) < perWeek('fulfilment', 365, 275));
    assert.ok(failing('fulfilment', 90, 0) > 3 * failing('checkout', 90, 0));
  });

  test('there is one storm', () => {
    const inStorm = of(ofType('incident'), 'discovery', 130, 113).length / 17;
    const otherwise = of(ofType('incident'), 'discovery', 110, 0).length / 110;
    assert.ok(inStorm > 3 * otherwise);
  });

  test('one service has no data, and one too little', () => {
    const names = production.map(({ service }) => service.name);
    assert.ok(!names.includes('carrier-connector'));
    const retired = names.filter(name => name === 'three-ds-redirect').length;
    assert.ok(retired > 0 && retired < 15);
  });

  test('everything that happens to deployments happens', () => {
    const states = new Set(production.map(({ status }) => status));
    assert.deepEqual([...states].sort(), ['cancelled', 'failure', 'success']);
    assert.ok(production.some(({ rollback }) => rollback));
    assert.ok(production.some(({ ref }) => ref.startsWith('hotfix/')));
    const titles = ofType('change').map(({ title }) => title);
    assert.ok(titles.some(title => title.startsWith('Revert "')));
    assert.ok(ofType('change').some(({ squashed }) => squashed));
    assert.ok(production.some(({ service }) => service.shared));
  });
});

describe('the webhooks', () => {
  const secrets = { github: 'one', pagerduty: 'two' };
  const told = () =>
    webhooksOf(
      story.filter(fact => instantOf(fact) >= until - 5 * day),
      secrets,
    );

  test('prove their sender', () => {
    for (const { source, headers, body } of told()) {
      const signature = createHmac('sha256', secrets[source])
        .update(body)
        .digest('hex');
      assert.ok(
        Object.values(headers).some(value => value.endsWith(signature)),
      );
    }
  });

  test('have ids of their own, and the same when they are sent again', () => {
    const webhooks = told();
    const ids = webhooks
      .filter(({ source }) => source === 'github')
      .map(({ headers }) => headers['x-github-delivery']);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(told(), webhooks);
  });

  test('say which of a repository with several services they are about', () => {
    for (const { headers, body } of told()) {
      const { repository, deployment } = JSON.parse(body);
      if (repository?.full_name !== 'storefront/shop') continue;
      assert.notEqual(headers['x-github-event'], 'pull_request');
      if (deployment)
        assert.match(deployment.payload.catalogEntity, /^component:/);
    }
  });
});
