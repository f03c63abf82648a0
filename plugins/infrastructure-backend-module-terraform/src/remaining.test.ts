import { remainingIn } from './remaining';

const state = (resources: object[]) =>
  Buffer.from(JSON.stringify({ version: 4, serial: 3, resources }));

it('names what stands by its address in the module and its id', () => {
  expect(
    remainingIn(
      state([
        {
          module: 'module.resource',
          mode: 'managed',
          type: 'aws_s3_bucket',
          name: 'this',
          instances: [{ attributes: { id: 'orders-exports', tags: {} } }],
        },
        {
          module: 'module.resource.module.key',
          mode: 'managed',
          type: 'aws_kms_key',
          name: 'this',
          instances: [
            { index_key: 0, attributes: { id: 'key-1' } },
            { index_key: 'backup', attributes: null },
          ],
        },
        {
          module: 'module.resource',
          mode: 'data',
          type: 'aws_region',
          name: 'here',
          instances: [{ attributes: { id: 'eu-central-1' } }],
        },
      ]),
    ),
  ).toEqual([
    { address: 'aws_s3_bucket.this', id: 'orders-exports' },
    { address: 'module.key.aws_kms_key.this[0]', id: 'key-1' },
    { address: 'module.key.aws_kms_key.this["backup"]', id: '' },
  ]);
});

it('finds nothing in a state that was emptied', () => {
  expect(remainingIn(state([]))).toEqual([]);
});

it('fails on what is no state', () => {
  expect(() => remainingIn(Buffer.from('{}'))).toThrow('resources');
});
