import type { PolicyEngine } from '@waymark/plugin-infrastructure-node';
import { testPolicy } from './__testUtils__/portal';
import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();

/** Rules of tomorrow: nobody has to look at production any more, and nothing is larger than ten. */
const tomorrow: PolicyEngine = {
  async judge(input) {
    const { results, rules } = await testPolicy.judge(input);
    return {
      revision: 'tomorrow',
      rules,
      results: [
        ...results.filter(({ rule }) => rule !== 'production'),
        ...(Number(input.parameters.size) > 10
          ? [
              {
                rule: 'size',
                effect: 'deny' as const,
                message: 'It is too large.',
                reason: 'Large things cost.',
                remedy: 'Make it smaller.',
              },
            ]
          : []),
      ],
    };
  },
};

async function ended(wish: object) {
  const { body } = await test.portal.as('amara').ask(wish);
  return test.portal
    .as('amara')
    .until(body.id, 'done', 'denied', 'pendingApproval');
}

describe('decisions made again', () => {
  it('say the same under the same rules, from what they were made of', async () => {
    const { id } = await ended({ environment: 'production' });
    const { body } = await test.portal
      .as('tomas')
      .get(`/requests/${id}/replay`)
      .expect(200);
    expect(body.items).toMatchObject([
      { request: id, stage: 'request', differs: false, added: [], gone: [] },
      {
        stage: 'plan',
        differs: false,
        before: { verdict: 'approval', policyRevision: 'tests' },
        after: { verdict: 'approval', policyRevision: 'tests' },
      },
    ]);
  });

  it('say what would differ under others, one by one and over a period, and change nothing', async () => {
    const small = await ended({ name: 'small' });
    const large = await ended({ name: 'large', parameters: { size: 20 } });
    const production = await ended({ environment: 'production' });
    const entries = async () =>
      (await test.portal.as('priya').get('/audit')).body.items.length;
    const before = await entries();
    await test.restart({ policy: tomorrow });

    const { body: one } = await test.portal
      .as('amara')
      .get(`/requests/${large.id}/replay`);
    expect(one.items[1]).toMatchObject({
      differs: true,
      before: { verdict: 'allow' },
      after: { verdict: 'deny', policyRevision: 'tomorrow' },
      added: [{ rule: 'size', message: 'It is too large.' }],
      gone: [],
    });

    const period = `from=2020-01-01T00:00:00Z&limit=4`;
    const priya = test.portal.as('priya');
    const { body: first } = await priya.get(`/replays?${period}`).expect(200);
    expect(first).toMatchObject({ replayed: 4, next: expect.any(Number) });
    const { body: rest } = await priya.get(
      `/replays?${period}&after=${first.next}`,
    );
    expect(rest.replayed).toBe(2);
    expect(rest.next).toBeUndefined();
    const differing = [...first.items, ...rest.items].map(
      ({ request }: { request: string }) => request,
    );
    expect(new Set(differing)).toEqual(new Set([large.id, production.id]));
    expect(differing).not.toContain(small.id);
    expect(await entries()).toBe(before);
    const { body: still } = await test.portal
      .as('amara')
      .get(`/requests/${production.id}`);
    expect(still.state).toBe('pendingApproval');
  });

  it('are read from what is encrypted, and a period is for auditors', async () => {
    const { id } = await ended({ name: 'concealed' });
    const rows = await test.knex('decision_records');
    expect(rows).toHaveLength(2);
    for (const { sealed } of rows) {
      expect(sealed.toString('latin1')).not.toContain('concealed');
    }
    const from = 'from=2020-01-01T00:00:00Z';
    await test.portal.as('amara').get(`/replays?${from}`).expect(403);
    await test.portal
      .as('priya')
      .get(`/replays?${from}&to=2019-01-01T00:00:00Z`)
      .expect(400);
    // What was changed behind the portal's back is no record.
    await test
      .knex('decision_records')
      .update({ sealed: test.knex.raw(`sealed || '\\x00'::bytea`) });
    const { body } = await test.portal
      .as('amara')
      .get(`/requests/${id}/replay`)
      .expect(409);
    expect(body.error.message).toContain('cannot be read');
  });
});
