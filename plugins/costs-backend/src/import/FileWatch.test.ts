import { mockServices } from '@backstage/backend-test-utils';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bill } from '../__testUtils__/bill';
import { usePortal } from '../__testUtils__/usePortal';
import { FileStore } from './FileStore';
import { FileWatch } from './FileWatch';
import { FolderPlace } from './FolderPlace';
import { ImportStore } from './ImportStore';

const test = usePortal();
const logger = mockServices.logger.mock();
let folder: string;

const watch = (folders = [{ path: folder, source: 'aws' }]) =>
  new FileWatch({
    places: folders.map(one => new FolderPlace(one)),
    knex: test.knex,
    imports: new ImportStore(test.knex, 'test'),
    files: new FileStore(test.portal.directory),
    logger,
    onAdded: () => {},
  });

/** A file that was written at a minute of a day. */
async function write(name: string, content: string, minute = 0) {
  const file = path.join(folder, name);
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, content);
  const at = new Date(Date.UTC(2026, 2, 1, 0, minute));
  await fs.utimes(file, at, at);
}

const later = new Date('2026-03-02');
const taken = async () =>
  (
    await test
      .knex('imports')
      .orderBy('number')
      .select('filename', 'source', 'created_by')
  ).map(({ filename }) => filename);

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-watched-'));
});

afterEach(async () => {
  await fs.rm(folder, { recursive: true });
});

it('takes bills in the order they were written, each once, and again when it changed', async () => {
  await write('b.csv', bill([{ BilledCost: '1' }]), 1);
  await write('2026/a.csv', bill([{ BilledCost: '2' }]), 2);
  await write('read.me', 'no bill');
  await Promise.all([watch().look(later), watch().look(later)]);
  await watch().look(later);
  expect(await taken()).toEqual(['b.csv', path.join('2026', 'a.csv')]);
  await write('b.csv', bill([{ BilledCost: '3' }]), 3);
  await watch().look(later);
  expect(await taken()).toEqual(['b.csv', path.join('2026', 'a.csv'), 'b.csv']);
  expect(await test.knex('imports').first()).toMatchObject({
    source: 'aws',
    created_by: `folder:${folder}`,
    strays: 'refuse',
  });
  // What one backend was faster with is not kept by the other.
  expect(await fs.readdir(test.portal.directory)).toHaveLength(3);
});

it('leaves a file alone that may still be written', async () => {
  await write('new.csv', bill([{}]), 10);
  await watch().look(new Date(Date.UTC(2026, 2, 1, 0, 10, 59)));
  expect(await taken()).toEqual([]);
  await watch().look(new Date(Date.UTC(2026, 2, 1, 0, 11)));
  expect(await taken()).toEqual(['new.csv']);
});

it('a folder that is not there keeps no other', async () => {
  await write('a.csv', bill([{}]));
  await watch([
    { path: path.join(folder, 'none'), source: 'azure' },
    { path: folder, source: 'aws' },
  ]).look(later);
  expect(await taken()).toEqual(['a.csv']);
  expect(logger.warn).toHaveBeenCalledWith(expect.stringMatching(/azure/));
});
