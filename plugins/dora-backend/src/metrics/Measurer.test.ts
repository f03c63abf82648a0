import fc from 'fast-check';
import { useDatabases } from '../__testUtils__/databases';
import { dates, entities, nameOf, seed } from '../__testUtils__/company';
import { histories } from '../__testUtils__/histories';
import { importLines } from '../__testUtils__/importLines';
import { Workbench } from '../__testUtils__/Workbench';
import { Measurer, type Switches } from './Measurer';
import { cellKey } from './Part';
import { ScopeResolver } from './ScopeResolver';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(120_000);

const databases = useDatabases();

const groups = ['everybody', 'platform', 'g0', 'g3'].map(
  name => `group:default/${name}`,
);
const switches: Switches = {
  clock: 'firstCommit',
  countFailedAttempts: true,
  minimumSample: 5,
  recoverySince: 'deployment',
  timeZone: 'UTC',
};

it('measures parts over the periods that each is asked for as it does over all', async () => {
  const bench = new Workbench(await databases.init());
  await bench.catalogIs(entities);
  const told = fc.sample(histories, { numRuns: 40, seed });
  await bench.import(
    told.flatMap((history, index) => importLines(nameOf(index), history)),
  );
  await bench.drain();
  const { id: environment } = await bench
    .knex('environments')
    .where({ name: 'production' })
    .first();
  const resolver = new ScopeResolver(bench.knex);
  const scopes = await Promise.all(groups.map(ref => resolver.entity(ref)));
  const measurer = new Measurer(bench.knex);
  const instants = dates.map(([from, to]) => ({
    // Days are cut, so that single rows count as well.
    from: Date.parse(from) + 5_000_000,
    to: Date.parse(to) + 7_000_000,
  }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(instants, { minLength: 1, maxLength: 4 }),
      fc.array(fc.subarray([0, 1, 2, 3]), {
        minLength: groups.length,
        maxLength: groups.length,
      }),
      async (intervals, drawn) => {
        const parts = groups.map((key, index) => ({
          key,
          title: key,
          ids: scopes[index].ids,
          asked: drawn[index].filter(number => number < intervals.length),
        }));
        const measure = (some: Omit<(typeof parts)[0], 'asked'>[]) =>
          measurer.measure(
            { level: 'owner', parts: some, environment, everywhere: false },
            intervals,
            switches,
          );
        const all = await measure(parts.map(({ asked: _, ...part }) => part));
        const keys = parts.flatMap(({ key, asked }) =>
          asked.map(number => cellKey(key, number)),
        );
        expect(await measure(parts)).toEqual(
          new Map(keys.map(key => [key, all.get(key)])),
        );
      },
    ),
    { numRuns: 40, seed },
  );
});
