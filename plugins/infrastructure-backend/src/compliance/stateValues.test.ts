import { stateValues } from './stateValues';

const state = (resources: object[]) =>
  Buffer.from(
    JSON.stringify({ version: 4, serial: 1, lineage: 'x', resources }),
  );

it('gives what exists as rules read it, with the address of each', () => {
  expect(
    stateValues(
      state([
        {
          module: 'module.resource',
          mode: 'managed',
          type: 'aws_s3_bucket',
          name: 'main',
          instances: [
            { index_key: 'a', attributes: { bucket: 'orders' } },
            { index_key: 1, attributes: { bucket: 'more' } },
          ],
        },
        { mode: 'data', type: 'aws_region', name: 'here', instances: [{}] },
      ]),
    ),
  ).toEqual({
    values: {
      root_module: {
        resources: [
          {
            address: 'module.resource.aws_s3_bucket.main["a"]',
            mode: 'managed',
            type: 'aws_s3_bucket',
            name: 'main',
            values: { bucket: 'orders' },
          },
          expect.objectContaining({
            address: 'module.resource.aws_s3_bucket.main[1]',
          }),
        ],
      },
    },
  });
});

it('leaves out what is marked as secret, and what has the name of one', () => {
  const values = stateValues(
    state([
      {
        mode: 'managed',
        type: 'aws_db_instance',
        name: 'main',
        instances: [
          {
            attributes: {
              note: 'hunter22',
              password: 'hunter22',
              master_user_secret: [{ secret_arn: 'hunter22', kept: true }],
              storage_encrypted: true,
            },
            sensitive_attributes: [[{ type: 'get_attr', value: 'note' }]],
          },
        ],
      },
    ]),
  );
  expect(JSON.stringify(values)).not.toContain('hunter22');
  expect(JSON.stringify(values)).toContain('"storage_encrypted":true');
});

it.each(['', '{}', '{"version":3,"resources":[]}', '{"version":4}'])(
  'takes what it does not understand for no state: %s',
  text => {
    expect(stateValues(Buffer.from(text))).toBeUndefined();
  },
);
