import { mockServices } from '@backstage/backend-test-utils';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { bill } from '../__testUtils__/bill';
import { usePortal } from '../__testUtils__/usePortal';
import type { BillPlace } from './BillPlace';
import { FileStore } from './FileStore';
import { FileWatch } from './FileWatch';
import { FolderPlace } from './FolderPlace';
import { ImportStore } from './ImportStore';

const test = usePortal();
const logger = mockServices.logger.mock();
let folder: string;

const watchOf = (places: BillPlace[]) =>
  new FileWatch({
    places,
    knex: test.knex,
    imports: new ImportStore(test.knex, 'test'),
    files: new FileStore(test.portal.directory, Infinity),
    logger,
    onAdded: () => {},
  });

const watch = (folders = [{ path: folder, source: 'aws' }]) =>
  watchOf(folders.map(one => new FolderPlace(one)));

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

describe('a file that cannot be read', () => {
  const broken = new Set<string>();
  /** The folder, with files that are in an archive. */
  const place = (): BillPlace => {
    const whole = new FolderPlace({ path: folder, source: 'aws' });
    return {
      id: whole.id,
      source: whole.source,
      async *files(signal, onUnreadable) {
        onUnreadable('/locked', new Error('EACCES'));
        for await (const found of whole.files(signal, onUnreadable)) {
          yield {
            ...found,
            open: async reading => {
              reading?.throwIfAborted();
              if (broken.has(found.name)) {
                throw new Error('It is in the archive');
              }
              return found.open(reading);
            },
          };
        }
      },
    };
  };

  beforeEach(async () => {
    broken.clear();
    await write('a.csv', bill([{ BilledCost: '1' }]), 1);
    await write('b.csv', bill([{ BilledCost: '2' }]), 2);
    await write('c.csv', bill([{ BilledCost: '3' }]), 3);
  });

  it('keeps no other, and is named', async () => {
    broken.add('b.csv');
    await watchOf([place()]).look(later);
    expect(await taken()).toEqual(['a.csv', 'c.csv']);
    for (const said of [/b\.csv.*It is in the archive/, /\/locked.*EACCES/]) {
      expect(logger.warn).toHaveBeenCalledWith(expect.stringMatching(said));
    }
  });

  it('is taken when it can be, and the newer ones have the last word again', async () => {
    broken.add('b.csv');
    const watching = watchOf([place()]);
    // The scheduler ends the signal of a look with the look.
    const look = async () => {
      const looking = new AbortController();
      await watching.look(later, looking.signal);
      looking.abort();
    };
    await look();
    await write('d.csv', bill([{ BilledCost: '4' }]), 4);
    await look();
    broken.clear();
    await look();
    await look();
    expect(await taken()).toEqual([
      'a.csv',
      'c.csv',
      'd.csv',
      'b.csv',
      'c.csv',
      'd.csv',
    ]);
  });

  it('replaces what was there before when it is written anew', async () => {
    broken.add('b.csv');
    const looking = watchOf([place()]);
    await looking.look(later);
    broken.clear();
    await write('b.csv', bill([{ BilledCost: '5' }]), 5);
    await looking.look(later);
    expect(await taken()).toEqual(['a.csv', 'c.csv', 'b.csv']);
  });
});

it('what is taken away while a folder is looked at keeps nothing', async () => {
  for (const name of ['a/1.csv', 'b/1.csv', 'c/1.csv', '1.csv', '2.csv']) {
    await write(name, bill([{}]));
  }
  const onUnreadable = jest.fn();
  const names: string[] = [];
  const files = new FolderPlace({ path: folder, source: 'aws' }).files(
    undefined,
    onUnreadable,
  );
  for await (const { name } of files) {
    names.push(name);
    // As soon as the first one is seen, the others go, but for one.
    if (names.length > 1) continue;
    for (const other of ['a', 'b', 'c', '1.csv', '2.csv']) {
      const isLeft = other === 'b' || other === name;
      if (!isLeft) await fs.rm(path.join(folder, other), { recursive: true });
    }
  }
  expect(names.slice(1)).toEqual([path.join('b', '1.csv')]);
  expect(onUnreadable).not.toHaveBeenCalled();
});

it('knows thousands of files again', async () => {
  const at = new Date(Date.UTC(2026, 2, 1));
  const place = (count: number): BillPlace => ({
    id: 'many',
    source: 'aws',
    async *files() {
      for (let number = 1; number <= count; number += 1) {
        yield {
          path: `many/${number}.csv`,
          name: `${number}.csv`,
          bytes: 1,
          modifiedAt: at,
          open: async () => Readable.from([Buffer.from('1')]),
        };
      }
    },
  });
  await test.knex('watched_files').insert(
    Array.from({ length: 1201 }, (_, index) => ({
      path: `many/${index + 1}.csv`,
      bytes: index === 1200 ? 2 : 1,
      modified_at: at,
      import_id: randomUUID(),
    })),
  );
  await watchOf([place(1202)]).look(later);
  // One changed, and one is new.
  expect(await taken()).toEqual(['1201.csv', '1202.csv']);
});
