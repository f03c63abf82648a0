import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { OpenFeature } from '@openfeature/server-sdk';
import { pino } from 'pino';
import { followFlags, isOn } from '../src/flags.js';
import { createEntry, testApp } from './support.js';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flags-'));
});
afterEach(() => OpenFeature.clearProviders());
after(() => rm(folder, { recursive: true }));

async function follow(flag: object) {
  const file = join(folder, 'flags.json');
  await writeFile(
    file,
    JSON.stringify({
      flags: {
        'accept-entries': {
          state: 'ENABLED',
          variants: { on: true, off: false },
          ...flag,
        },
      },
    }),
  );
  await followFlags(file, pino({ level: 'silent' }));
}

test('creates entries while nobody says otherwise', async () => {
  const { app } = await testApp();
  assert.equal((await createEntry(app, 'one')).statusCode, 201);
});

test('creates none when they are turned off, and answers all else', async () => {
  await follow({ defaultVariant: 'off' });
  const { app } = await testApp();
  const refused = await createEntry(app, 'one');
  assert.equal(refused.statusCode, 503);
  assert.equal(refused.headers['retry-after'], '60');
  assert.equal((await app.inject('/v1/entries')).statusCode, 200);
});

test('a flag can be another for some callers', async () => {
  await follow({
    defaultVariant: 'on',
    targeting: { if: [{ '==': [{ var: 'targetingKey' }, 'batch'] }, 'off'] },
  });
  assert.equal(await isOn('accept-entries', 'batch'), false);
  assert.equal(await isOn('accept-entries', 'somebody'), true);
});

test('a flag that the file does not name has its default', async () => {
  const file = join(folder, 'none.json');
  await writeFile(file, '{ "flags": {} }');
  await followFlags(file, pino({ level: 'silent' }));
  assert.equal(await isOn('accept-entries', 'somebody'), true);
});

test('a file that is broken at the start leaves the defaults', async () => {
  const file = join(folder, 'broken.json');
  await writeFile(file, '{ "flags": ');
  await followFlags(file, pino({ level: 'silent' }));
  assert.equal(await isOn('accept-entries', 'somebody'), true);
});
