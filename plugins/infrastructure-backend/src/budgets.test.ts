import type { BudgetStanding } from '@waymark/plugin-infrastructure-node';
import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();
const owner = '/allowances?owner=group:default/ledger';

/** What the book of budgets says; an error when it cannot be read. */
const budgetIs = (says: BudgetStanding | undefined | Error) =>
  test.restart({
    budget: 100,
    book: {
      of: async () => {
        if (says instanceof Error) throw says;
        return says;
      },
    },
  });

const forecast = (expected: number, limit = 100) => ({
  limit,
  expected,
  isForecast: true,
});

const ask = (size: number, name = 'orders-thing') =>
  test.portal.as('amara').ask({ name, parameters: { size } });

const budgetOf = async () =>
  (await test.portal.as('amara').get(owner).expect(200)).body.budget;

it('counts what bills let expect and what is too new for them', async () => {
  await budgetIs(forecast(30));
  expect(await budgetOf()).toEqual({
    by: 'budget',
    limit: 100,
    used: 30,
    asked: 0,
    expected: 30,
    isForecast: true,
    promised: 0,
  });
  const { body } = await ask(10);
  await test.portal.as('amara').until(body.id, 'done');
  expect(await budgetOf()).toMatchObject({ used: 50, promised: 20 });
  // A month later bills tell of it, and the forecast has it.
  await test
    .knex('resources')
    .update({ created_at: test.knex.raw(`now() - interval '31 days'`) });
  expect(await budgetOf()).toMatchObject({ used: 30, promised: 0 });
});

it('asks of a change what it costs more than bills tell of', async () => {
  await budgetIs(forecast(20));
  const { body: made } = await ask(10);
  await test.portal.as('amara').until(made.id, 'done');
  await test
    .knex('resources')
    .update({ created_at: test.knex.raw(`now() - interval '31 days'`) });
  const { body } = await test.portal.as('amara').post('/requests', {
    kind: 'update',
    resourceId: made.resourceId,
    parameters: { size: 15 },
  });
  const done = await test.portal.as('amara').until(body.id, 'done');
  expect(done.decision?.budget).toMatchObject({ used: 20, asked: 10 });
});

it('that would be overdrawn is for its owner to decide, and not denied', async () => {
  await budgetIs(forecast(95));
  const { body } = await ask(10);
  const waiting = await test.portal
    .as('amara')
    .until(body.id, 'pendingApproval');
  expect(waiting.decision).toMatchObject({
    verdict: 'approval',
    budget: { by: 'budget', used: 95, asked: 20 },
    rules: [
      {
        rule: 'budget',
        effect: 'approval',
        message:
          'Of the budget of 100.00 USD a month, 95.00 USD are expected to be spent and 0.00 USD are promised to what is new; this may cost up to 20.00 USD more.',
      },
    ],
    approvers: [{ kind: 'budgetOwner' }],
  });
  // What waits is promised as well.
  expect(await budgetOf()).toMatchObject({ used: 115, promised: 20 });
});

it('that cannot be read is for its owner to decide, and is not shown as none', async () => {
  await budgetIs(new Error('Nobody there'));
  expect(await budgetOf()).toMatchObject({ by: 'nobody', limit: null });
  const { body } = await ask(10);
  const waiting = await test.portal
    .as('amara')
    .until(body.id, 'pendingApproval');
  expect(waiting.decision?.rules).toMatchObject([
    { rule: 'budget', message: expect.stringContaining('could not be read') },
  ]);
});

it('keeps nobody from giving back, whatever it says', async () => {
  await budgetIs(forecast(30));
  const { body: made } = await ask(10);
  await test.portal.as('amara').until(made.id, 'done');
  await budgetIs(new Error('Nobody there'));
  const { body } = await test.portal.as('amara').post('/requests', {
    kind: 'destroy',
    resourceId: made.resourceId,
  });
  const done = await test.portal.as('amara').until(body.id, 'done');
  expect(done.decision?.verdict).toBe('allow');
});

it('is the allowance of the configuration where none is set', async () => {
  await budgetIs(undefined);
  expect(await budgetOf()).toEqual({
    by: 'allowance',
    limit: 100,
    used: 0,
    asked: 0,
  });
  const { body } = await ask(60);
  expect(body).toMatchObject({ state: 'denied' });
});
