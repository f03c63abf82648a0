import type { AuditEntry } from '@waymark/plugin-infrastructure-common';
import { usePortal } from '../__testUtils__/usePortal';
import { AuditTrail } from './AuditTrail';

const test = usePortal();

const read = (query: Record<string, string>) =>
  test.portal
    .as('priya')
    .get(`/audit?${new URLSearchParams(query).toString()}`);

async function numbersOf(query: Record<string, string>): Promise<number[]> {
  const { body } = await read(query).expect(200);
  return body.items.map(({ number }: AuditEntry) => number);
}

/** Four things, one a day from the first of November on. */
beforeEach(async () => {
  const done = [
    { action: 'request.created', by: 'user:default/amara' },
    { action: 'request.denied' },
    { action: 'request.created', by: 'user:default/tomas' },
    { action: 'secret.revealed', by: 'user:default/amara' },
  ] as const;
  for (const [day, event] of done.entries()) {
    const trail = new AuditTrail(test.knex, {
      now: () => new Date(Date.UTC(2026, 10, 1 + day)),
    });
    await test.knex.transaction(tx => trail.append(tx, [event]));
  }
});

describe('the audit trail', () => {
  it.each([
    ['an action', { action: 'request.created' }, [1, 3]],
    ['a person', { by: 'user:default/amara' }, [1, 4]],
    [
      'a person’s action',
      { by: 'user:default/amara', action: 'secret.revealed' },
      [4],
    ],
    ['a moment on', { from: '2026-11-02T00:00:00Z' }, [2, 3, 4]],
    ['before a moment', { to: '2026-11-02T00:00:00Z' }, [1]],
    [
      'a time zone of one’s own',
      { from: '2026-11-02T01:00:00+01:00', to: '2026-11-03T01:00:00+01:00' },
      [2],
    ],
    ['somebody who did nothing', { by: 'user:default/lena' }, []],
  ])('is read of %s', async (_, query, numbers) => {
    expect(await numbersOf(query)).toEqual(numbers);
  });

  it('goes on within what is asked for', async () => {
    const query = { action: 'request.created', limit: '1' };
    const { body: first } = await read(query).expect(200);
    expect(first).toMatchObject({ items: [{ number: 1 }], more: true });
    const { body: second } = await read({ ...query, after: '1' }).expect(200);
    expect(second).toMatchObject({ items: [{ number: 3 }], more: false });
  });

  it.each([
    [{ action: 'request.sung' }, /action/],
    [{ by: '' }, /by/],
    [{ from: 'yesterday' }, /from/],
    [{ from: '2016-12-31T23:59:60Z' }, /from/],
    [
      { from: '2026-11-02T00:00:00Z', to: '2026-11-02T00:00:00Z' },
      /from must be before to/,
    ],
  ])('says what is wrong with %j', async (query, message) => {
    const { body } = await read(query).expect(400);
    expect(body.error.message).toMatch(message);
  });
});
