import {
  CreateBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockServices } from '@backstage/backend-test-utils';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';
import { bill } from '../__testUtils__/bill';
import { usePortal } from '../__testUtils__/usePortal';
import { BucketPlace, type WatchedBucket } from './BucketPlace';
import { FileStore } from './FileStore';
import { FileWatch } from './FileWatch';
import { ImportStore } from './ImportStore';

const test = usePortal();
const logger = mockServices.logger.mock();
const Bucket = 'exports';
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
/** Later than anything that the store wrote a moment ago. */
const later = new Date(Date.now() + 3_600_000);

// s3rver is a server that speaks S3, in this process.
let directory: string;
let server: S3rver;
let endpoint: string;
let client: S3Client;

beforeAll(async () => {
  directory = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-s3-'));
  server = new S3rver({ port: 0, silent: true, directory });
  const { port } = await server.run();
  endpoint = `http://127.0.0.1:${port}`;
  client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: keys,
  });
  await client.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  client.destroy();
  await server.close();
  await fs.rm(directory, { recursive: true });
});

async function put(objects: Record<string, string>) {
  for (const [Key, Body] of Object.entries(objects)) {
    await client.send(
      // Of a known length, even where there is none of it.
      new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Body) }),
    );
  }
}

const place = (watched: Partial<WatchedBucket>) =>
  new BucketPlace({
    bucket: Bucket,
    prefix: '',
    source: 'aws',
    region: 'us-east-1',
    endpoint,
    credentials: keys,
    ...watched,
  });

const watch = (...places: BucketPlace[]) =>
  new FileWatch({
    places,
    knex: test.knex,
    imports: new ImportStore(test.knex, 'test'),
    files: new FileStore(test.portal.directory, Infinity),
    logger,
    onAdded: () => {},
  });

const taken = () =>
  test
    .knex('imports')
    .orderBy('number')
    .select('filename', 'source', 'created_by', 'id');

it('takes the bills below a prefix, each once, and again when one changed', async () => {
  await put({
    'focus/2026-03.csv': bill([{ BilledCost: '2.5' }]),
    'focus/manifest.json': '{}',
    'focus/empty.csv': '',
    'other/2026-03.csv': bill([{}]),
  });
  const prefixed = place({ prefix: 'focus/' });
  await Promise.all([watch(prefixed).look(later), watch(prefixed).look(later)]);
  await watch(prefixed).look(later);
  const [first, ...others] = await taken();
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    filename: '2026-03.csv',
    source: 'aws',
    created_by: 's3://exports/focus/',
  });
  // The portal takes up files when it is told of one.
  await test.portal.import('no bill');
  expect((await test.portal.until(first.id)).state).toBe('done');
  expect((await test.portal.totals()).totals).toEqual([
    { currency: 'USD', amount: '2.5' },
  ]);
  await put({ 'focus/2026-03.csv': bill([{ BilledCost: '13' }]) });
  await watch(prefixed).look(later);
  expect(await taken()).toHaveLength(3);
});

it('a bucket that is not there, or is not ours, keeps no other', async () => {
  await put({ 'april/bill.csv': bill([{}]) });
  await watch(
    place({ bucket: 'none', source: 'azure' }),
    place({
      source: 'oracle',
      credentials: { accessKeyId: 'nobody', secretAccessKey: 'very-secret' },
    }),
    place({ prefix: 'april' }),
  ).look(later);
  expect((await taken()).map(({ filename }) => filename)).toEqual(['bill.csv']);
  const warnings = logger.warn.mock.calls.map(([text]) => text).join();
  expect(warnings).toMatch(/bills of azure in s3:\/\/none\/ cannot be read/);
  expect(warnings).toMatch(/bills of oracle/);
  expect(warnings).not.toMatch(/very-secret/);
});
