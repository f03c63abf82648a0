import { createMockDirectory } from '@backstage/backend-test-utils';
import fs from 'node:fs';
import { Bench } from './__testUtils__/Bench';
import { StateServer } from './__testUtils__/StateServer';
import { Infracost } from './Infracost';

const plan = { terraform_version: '1.11.4' };

/** As version 0.10 answers for `infracost breakdown --format json`, shortened. */
const answer = {
  version: '0.2',
  currency: 'USD',
  timeGenerated: '2026-11-20T10:00:00Z',
  totalMonthlyCost: '61.94',
  projects: [
    {
      name: 'plan.json',
      breakdown: {
        resources: [
          {
            name: 'module.resource.aws_db_instance.this',
            monthlyCost: '61.944',
            costComponents: [
              { name: 'Database instance', monthlyCost: '56.94' },
              { name: 'Storage', monthlyCost: '5.004' },
              { name: 'Additional backup storage', monthlyCost: null },
            ],
          },
          {
            name: 'module.resource.aws_kms_key.this',
            monthlyCost: null,
            costComponents: [{ name: 'Requests', monthlyCost: null }],
          },
        ],
      },
    },
  ],
};

describe('what a plan costs by Infracost (a played one)', () => {
  const folder = createMockDirectory();
  const { tools } = new Bench(new StateServer());

  /** A program that does what the real one is asked to, as far as this test goes. */
  function played(script: string, more: { apiKey?: string } = {}) {
    folder.setContent({ run: {}, infracost: `#!/bin/sh\n${script}\n` });
    fs.chmodSync(folder.resolve('infracost'), 0o755);
    return new Infracost({ executable: folder.resolve('infracost'), ...more });
  }
  const price = (infracost: Infracost, told = tools()) =>
    infracost.price(plan, folder.resolve('run'), told);

  it('is what it says, with what depends on use named', async () => {
    const infracost = played(
      `grep -q 1.11.4 "$3" || exit 9
echo "$@" > asked; echo "$INFRACOST_API_KEY $INFRACOST_CURRENCY $HOME" >> asked
echo '${JSON.stringify(answer)}'`,
      { apiKey: 'ico-1' },
    );
    expect(await price(infracost)).toEqual({
      source: 'Infracost, 2026-11-20',
      lines: [{ title: 'aws_db_instance.this', monthly: 61.94 }],
      byUse: [
        'Additional backup storage of aws_db_instance.this',
        'Requests of aws_kms_key.this',
      ],
    });
    const asked = fs.readFileSync(folder.resolve('run/asked'), 'utf8');
    expect(asked).toBe(
      `breakdown --path ${folder.resolve(
        'run/plan.json',
      )} --format json --no-color\nico-1 USD /nonexistent\n`,
    );
    // A plan holds secrets, and stays nowhere.
    expect(fs.readdirSync(folder.resolve('run'))).toEqual(['asked']);
  });

  it('is not known where it is not installed, and nothing is said of it', async () => {
    folder.setContent({ run: {} });
    const told = tools();
    const missing = new Infracost({ executable: 'no-such-infracost' });
    expect(await price(missing, told)).toBeUndefined();
    expect(told.lines).toEqual([]);
  });

  it.each([
    [
      'fails',
      'echo "No INFRACOST_API_KEY" >&2; exit 1',
      'No INFRACOST_API_KEY',
    ],
    ['answers something else', `echo '{"currency":"USD"}'`, 'timeGenerated'],
    [
      'counts in other money',
      `echo '${JSON.stringify({ ...answer, currency: 'EUR' })}'`,
      'its prices are in EUR',
    ],
  ])(
    'is not known where it %s, and the log says why',
    async (_, script, why) => {
      const told = tools();
      expect(await price(played(script), told)).toBeUndefined();
      expect(told.lines.join()).toContain(
        'Infracost gave no price, so the price book counts alone',
      );
      expect(told.lines.join()).toContain(why);
    },
  );
});
