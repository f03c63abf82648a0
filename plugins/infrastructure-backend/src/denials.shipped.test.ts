import type { RequestDetail } from '@waymark/plugin-infrastructure-common';
import path from 'node:path';
import { shippedPolicy } from './__testUtils__/shippedPolicy';
import { TestEngine } from './__testUtils__/TestEngine';
import { usePortal } from './__testUtils__/usePortal';

const test = usePortal();
let terraform: TestEngine;

beforeEach(async () => {
  // What would be made is seen here; that Terraform makes it is tested with Terraform.
  terraform = new TestEngine('terraform');
  await test.restart({
    engine: terraform,
    policy: await shippedPolicy(),
    infrastructure: path.resolve(__dirname, '../../../infrastructure'),
  });
});

const bucket = {
  offering: 's3-bucket',
  dataClass: 'internal',
  parameters: { region: 'eu-central-1', encryption: 'own-key' },
};

/** By the offerings and the rules of this repository: which rule, which field, why, how to comply, and that nothing is made. */
it.each([
  [
    'an unencrypted bucket',
    { ...bucket, parameters: { ...bucket.parameters, encryption: 'none' } },
    'encryption-at-rest',
    'parameters.encryption',
    /It would not be encrypted/,
  ],
  [
    'a missing data class',
    { ...bucket, dataClass: undefined },
    'data-class',
    'dataClass',
    /./,
  ],
  [
    'a forbidden region',
    {
      ...bucket,
      parameters: { ...bucket.parameters, region: 'us-east-1' },
    },
    'approved-regions',
    'parameters.region',
    /us-east-1/,
  ],
])('%s is denied', async (_, wish, rule, field, message) => {
  const { body }: { body: RequestDetail } = await test.portal
    .as('amara')
    .ask(wish)
    .expect(202);
  expect(body.state).toBe('denied');
  const found = body.decision?.rules.find(result => result.rule === rule);
  expect(found).toMatchObject({
    effect: 'deny',
    field,
    message: expect.stringMatching(message),
    reason: expect.stringMatching(/.{20}/),
    remedy: expect.stringMatching(/.{20}/),
  });
  expect(body.decision?.policyRevision).toMatch(/^sha256:/);
  expect(body.message).toContain(found?.remedy);
  expect(terraform.made.size).toBe(0);
  expect(await test.knex('runs')).toEqual([]);
  expect(await test.knex('reservations')).toEqual([]);
  // The same without what is wrong with it is not denied.
  const { body: good } = await test.portal.as('amara').ask(bucket).expect(202);
  expect(good.state).not.toBe('denied');
});

it('a public database is denied on its plan, since no form offers one', async () => {
  const ordinary = terraform.plan.bind(terraform);
  terraform.plan = async (order, tools) => ({
    ...(await ordinary(order, tools)),
    document: {
      resource_changes: [
        {
          address: 'aws_db_instance.main',
          mode: 'managed',
          type: 'aws_db_instance',
          name: 'main',
          change: {
            actions: ['create'],
            before: null,
            after: { publicly_accessible: true },
            after_unknown: {},
          },
        },
      ],
    },
  });
  const { body: asked } = await test.portal
    .as('amara')
    .ask({
      offering: 'rds-instance',
      dataClass: 'internal',
      parameters: {
        region: 'eu-central-1',
        engine: 'postgres',
        engineVersion: '17',
        size: 'db.t4g.medium',
        storageGb: 20,
      },
    })
    .expect(202);
  expect(asked.state).not.toBe('denied');
  const denied = await test.portal.as('amara').until(asked.id, 'denied');
  expect(denied.decision?.rules).toContainEqual(
    expect.objectContaining({
      rule: 'no-public-access',
      effect: 'deny',
      field: 'aws_db_instance.main.publicly_accessible',
      message: 'publicly_accessible is true',
      reason: expect.stringMatching(/internet/),
      remedy: expect.stringMatching(/private/),
    }),
  );
  expect(terraform.made.size).toBe(0);
  expect(await test.knex('reservations')).toEqual([]);
});
