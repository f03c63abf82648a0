import type {
  PolicyEngine,
  PolicyInput,
} from '@waymark/plugin-infrastructure-node';
import { complianceWatch } from './__testUtils__/complianceWatch';
import { testPolicy } from './__testUtils__/portal';
import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();

const watchWith = (policy: PolicyEngine, now?: () => Date) =>
  complianceWatch({ knex: test.knex, engine: test.engine, policy, now });

async function made(wish: object = {}) {
  const { body: asked } = await test.portal.as('amara').ask(wish);
  await test.portal.as('amara').until(asked.id, 'done');
  return asked.resourceId as string;
}

/** Rules of another revision, to which size matters as well. */
const stricter: PolicyEngine = {
  async judge(input) {
    const { results, rules } = await testPolicy.judge(input);
    return {
      revision: 'stricter',
      results: [
        ...results,
        ...(Number(input.parameters.size) > 10
          ? [
              {
                rule: 'size',
                effect: 'deny' as const,
                field: 'parameters.size',
                message: 'It is too large.',
                reason: 'Large things cost.',
                remedy: 'Make it smaller.',
              },
            ]
          : []),
      ],
      rules: [...rules, { rule: 'size', title: 'Size' }],
    };
  },
};

const report = async (query = '', person = 'priya') =>
  (await test.portal.as(person).get(`/compliance?${query}`).expect(200)).body;

const agedAnHour = () =>
  test
    .knex('resources')
    .update({ judged_at: test.knex.raw(`now() - interval '2 hours'`) });

describe('what exists', () => {
  it('is judged by the same rules as requests, each of them counted, and not judged is not complying', async () => {
    const id = await made();
    expect(await report()).toMatchObject({
      total: 1,
      items: [{ resource: id, name: 'orders-thing', finding: 'notJudged' }],
      findings: { complies: 0, notJudged: 1 },
    });
    const asked: PolicyInput[] = [];
    const watch = await watchWith({
      async judge(input) {
        asked.push(input);
        return testPolicy.judge(input);
      },
    });
    await watch.look();
    expect(asked).toMatchObject([
      {
        stage: 'resource',
        kind: 'update',
        name: 'orders-thing',
        parameters: { size: 1, public: false },
        tags: { owner: 'group:default/ledger' },
        offering: { name: 'thing', engine: 'test', resourceType: 'thing' },
      },
    ]);
    const found = await report();
    expect(found).toMatchObject({
      total: 2,
      items: [
        {
          resource: id,
          rule: 'no-public-access',
          ruleTitle: 'No public access',
          finding: 'complies',
          policyRevision: 'tests',
        },
        { rule: 'production', finding: 'complies' },
      ],
      findings: { complies: 2, notJudged: 0 },
      rules: [{ rule: 'no-public-access' }, { rule: 'production' }],
    });
    const { body: judgement } = await test.portal
      .as('amara')
      .get(`/judgements/${found.items[0].judgement}`)
      .expect(200);
    expect(judgement).toMatchObject({
      resource: id,
      parameters: { size: 1 },
      policyRevision: 'tests',
      rules: [
        { rule: 'no-public-access', finding: 'complies', details: [] },
        { rule: 'production', finding: 'complies' },
      ],
    });
    // Found so again, it is one judgement that was looked at again.
    await agedAnHour();
    await watch.look();
    expect(await test.knex('judgements')).toHaveLength(1);
    // And nobody is asked when nothing changed and nothing is old.
    await watch.look();
    expect(asked).toHaveLength(2);
  });

  it('is judged anew by other rules, and the report of a day says what was known on it', async () => {
    await made({ parameters: { size: 20 } });
    await (await watchWith(testPolicy)).look();
    const before = new Date().toISOString();
    await agedAnHour();
    const watch = await watchWith(stricter);
    await watch.look();
    expect(await report('finding=violates')).toMatchObject({
      total: 1,
      items: [
        {
          rule: 'size',
          policyRevision: 'stricter',
          details: [
            {
              field: 'parameters.size',
              message: 'It is too large.',
              remedy: 'Make it smaller.',
            },
          ],
        },
      ],
      findings: { complies: 2, violates: 1 },
    });
    expect(await report(`at=${before}`)).toMatchObject({
      total: 2,
      findings: { complies: 2, violates: 0 },
      items: [{ policyRevision: 'tests' }, { policyRevision: 'tests' }],
    });
    const { body: trail } = await test.portal.as('priya').get('/audit');
    expect(trail.items.at(-1)).toMatchObject({
      action: 'resource.judged',
      detail: { violates: ['size'], violatedBefore: [] },
    });
    await test.portal
      .as('priya')
      .get('/compliance?at=2999-01-01T00:00:00Z')
      .expect(400);
  });

  it('that violates a rule may be let be by an exception, which is evidence', async () => {
    const id = await made();
    await test
      .knex('resources')
      .update({ parameters: JSON.stringify({ size: 1, public: true }) });
    const watch = await watchWith(testPolicy);
    await watch.look();
    expect((await report('finding=violates')).total).toBe(1);
    const { body: exception } = await test.portal
      .as('amara')
      .post('/exceptions', {
        rule: 'no-public-access',
        reason: 'It is a page for everybody.',
        until: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
        resource: id,
      })
      .expect(201);
    await test.portal
      .as('priya')
      .post(`/exceptions/${exception.id}/decision`, { verdict: 'grant' })
      .expect(200);
    // A decision on an exception has it judged at once, not in an hour.
    await watch.look();
    const { items } = await report('finding=excepted');
    expect(items).toMatchObject([
      { rule: 'no-public-access', exception: exception.number },
    ]);
    const { body } = await test.portal
      .as('priya')
      .get(`/judgements/${items[0].judgement}`);
    expect(body.exceptions).toEqual([
      { rule: 'no-public-access', until: exception.until, number: 1 },
    ]);
  });

  it('is left as it was found while policy does not answer', async () => {
    await made();
    await (await watchWith(testPolicy)).look();
    await agedAnHour();
    const silent = await watchWith({
      judge: async () => {
        throw new Error('away');
      },
    });
    await silent.look();
    expect((await report()).findings).toMatchObject({ complies: 2 });
  });

  it('is in the report until it is gone, and on the days before that for ever', async () => {
    const id = await made();
    const watch = await watchWith(testPolicy);
    await watch.look();
    const before = new Date().toISOString();
    const { body: end } = await test.portal
      .as('amara')
      .post('/requests', { kind: 'destroy', resourceId: id });
    await test.portal.as('amara').until(end.id, 'done');
    await watch.look();
    expect((await report()).total).toBe(0);
    expect((await report(`at=${before}`)).total).toBe(2);
  });
});

describe('the report', () => {
  it('is for auditors all of it, and for others what their groups own', async () => {
    await made();
    await (await watchWith(testPolicy)).look();
    expect((await report('', 'amara')).total).toBe(2);
    const { total, findings } = await report('', 'tomas');
    expect([total, findings.complies]).toEqual([0, 0]);
    const { items } = await report();
    await test.portal
      .as('tomas')
      .get(`/judgements/${items[0].judgement}`)
      .expect(404);
    await test.restart({ denied: new Set(['infrastructure.read']) });
    await test.portal.as('amara').get('/compliance').expect(403);
  });

  it('is filtered and read in pages, and its file holds the same rows', async () => {
    for (const name of ['first', 'second', 'third']) await made({ name });
    await (await watchWith(stricter)).look();
    const { items, total } = await report('limit=4&offset=4');
    expect(total).toBe(9);
    expect(
      items.map(({ name, rule }: Record<string, string>) => [name, rule]),
    ).toEqual([
      ['second', 'production'],
      ['second', 'size'],
      ['third', 'no-public-access'],
      ['third', 'production'],
    ]);
    expect((await report('rule=size')).total).toBe(3);
    expect((await report('environment=production')).total).toBe(0);
    expect((await report('owner=group:default/ledger')).total).toBe(9);
    expect((await report(`resource=${items[0].resource}`)).total).toBe(3);

    const csv = await test.portal
      .as('priya')
      .get('/compliance?rule=size', { accept: 'text/csv' })
      .expect(200);
    expect(csv.headers['content-type']).toContain('text/csv');
    const [head, ...lines] = csv.text.trim().split('\r\n');
    expect(head).toContain('environment,name,resource');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(',first,');
    expect(lines[0]).toContain(',size,Size,complies,');
  });
});
