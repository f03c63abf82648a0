import { mockServices } from '@backstage/backend-test-utils';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { useDatabases } from '../__testUtils__/databases';
import { usePortal } from '../__testUtils__/usePortal';
import { AuditTrail, genesis } from './AuditTrail';
import { tellAuditor } from './tellAuditor';

const page = path.resolve(
  __dirname,
  '../../../../docs/how-to/verify-the-audit-trail.md',
);

/** The script that the documentation gives to auditors, as it stands there. */
function documentedScript(): string {
  const [, script] =
    /```js title="verify-audit\.mjs"\n(.*?)```/s.exec(
      readFileSync(page, 'utf8'),
    ) ?? [];
  return script;
}

describe('the audit trail as a file', () => {
  const test = usePortal();
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'audit-'));
    writeFileSync(path.join(folder, 'verify-audit.mjs'), documentedScript());
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function checked(lines: string): string {
    writeFileSync(path.join(folder, 'audit.ndjson'), lines);
    try {
      return execFileSync(
        process.execPath,
        ['verify-audit.mjs', 'audit.ndjson'],
        { cwd: folder, encoding: 'utf8', stdio: 'pipe' },
      );
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  }

  it('is whole by the portal and by the script of the documentation, which finds what was changed', async () => {
    const { body: asked } = await test.portal.as('amara').ask();
    await test.portal.as('amara').until(asked.id, 'done');
    await test.portal.as('amara').post(`/requests/${asked.id}/comments`, {
      text: 'Größe 1,5 "so" \u2028 =1+1 😀',
    });
    const priya = test.portal.as('priya');
    const { body: verified } = await priya
      .get('/audit/verification')
      .expect(200);
    expect(verified).toEqual({
      entries: 5,
      whole: true,
      lastHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });

    const { text } = await priya.get('/audit/export').buffer(true).expect(200);
    const lines = text.trim().split('\n');
    expect(lines).toHaveLength(5);
    expect(checked(text)).toBe(
      `Whole: 5 entries. Last hash ${verified.lastHash}\n`,
    );
    expect(checked(text.replace('amara', 'tomas'))).toContain(
      'Broken at entry 1',
    );
    expect(checked([...lines.slice(0, 2), ...lines.slice(3)].join('\n'))).toBe(
      'Broken at entry 4: the entry before it is missing\n',
    );

    const csv = await priya.get('/audit/export?format=csv').expect(200);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.text.trim().split('\r\n')).toHaveLength(6);
    const { text: rest } = await priya
      .get('/audit/export?after=4')
      .buffer(true);
    expect(rest.trim()).toBe(lines[4]);

    for (const address of ['/audit/export', '/audit/verification']) {
      await test.portal.as('amara').get(address).expect(403);
    }
  });

  it('is known to be broken where a row was changed in the database', async () => {
    const { body: asked } = await test.portal.as('amara').ask();
    await test.portal.as('amara').until(asked.id, 'done');
    await test.knex.raw('alter table audit disable trigger user');
    await test
      .knex('audit')
      .where({ number: 3 })
      .update({ by_ref: 'user:default/nobody' });
    const { body } = await test.portal.as('priya').get('/audit/verification');
    expect(body).toMatchObject({ entries: 2, whole: false, brokenAt: 3 });
  });
});

describe('Backstage’s auditor', () => {
  const databases = useDatabases();

  it('hears of every entry that is there for good, and of nothing else', async () => {
    const knex = await databases.init();
    const success = jest.fn(async () => {});
    const auditor = mockServices.auditor.mock({
      createEvent: jest.fn(async () => ({ success, fail: async () => {} })),
    });
    const trail = new AuditTrail(knex, {
      tell: tellAuditor(auditor, mockServices.logger.mock()),
    });
    await expect(
      knex.transaction(async tx => {
        await trail.append(tx, [{ action: 'request.created' }]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(auditor.createEvent).not.toHaveBeenCalled();

    await knex.transaction(tx =>
      trail.append(tx, [
        { action: 'request.created', by: 'user:default/amara' },
        { action: 'secret.revealed', detail: { output: 'password' } },
        { action: 'resource.asWanted' },
      ]),
    );
    const told = new Promise<void>(resolve => {
      success.mockImplementation(async () => {
        if (success.mock.calls.length >= 3) resolve();
      });
      if (success.mock.calls.length >= 3) resolve();
    });
    await told;
    expect(auditor.createEvent.mock.calls).toEqual([
      [
        {
          eventId: 'request-created',
          severityLevel: 'medium',
          meta: expect.objectContaining({
            number: 1,
            by: 'user:default/amara',
            previousHash: genesis,
          }),
        },
      ],
      [
        expect.objectContaining({
          eventId: 'secret-revealed',
          severityLevel: 'high',
        }),
      ],
      [expect.objectContaining({ eventId: 'resource-as-wanted' })],
    ]);
  });
});
