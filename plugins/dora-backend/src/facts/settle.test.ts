import fc from 'fast-check';
import type { Knex } from 'knex';
import { emptied } from '@waymark/plugin-testing-node';
import { useDatabases } from '../__testUtils__/databases';
import { component } from '../__testUtils__/entities';
import { TestSource } from '../__testUtils__/portal';
import { Workbench } from '../__testUtils__/Workbench';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(240_000);

const databases = useDatabases();
const annotation = 'github.com/project-slug';
const names = ['a', 'b', 'c'];
const minute = 60_000;
const start = Date.parse('2026-03-02T10:00:00Z');
let knex: Knex;
beforeAll(async () => {
  knex = await databases.init();
});

const at = (n: number) => new Date(start + n * minute).toISOString();
const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });

const incident = fc.record({
  type: fc.constant('incident'),
  id: fc.constantFrom('i1', 'i2'),
  idIsUnique: fc.constant(true),
  service: fc.oneof(
    fc.constantFrom(...names).map(entity => ({ entity })),
    fc.constant({ annotation, value: 'larkspur/shop' }),
  ),
  createdAt: fc.constant(at(0)),
  title: maybe(fc.string({ minLength: 1, maxLength: 3 })),
  resolvedAt: fc.option(fc.nat(99).map(at)),
});
const change = fc.record({
  type: fc.constant('change'),
  id: fc.constantFrom('pr:1', 'pr:2'),
  service: fc
    .constantFrom(undefined, ['a/x.ts'], ['b/y.ts', 'c/z.ts'])
    .map(paths => ({
      annotation,
      value: 'larkspur/shop',
      ...(paths && { paths }),
    })),
  openedAt: maybe(fc.nat(99).map(at)),
  mergeSha: maybe(fc.constantFrom('a1b2c3d', 'd3c2b1a')),
});

/** The facts after deliveries in this order, one in each batch. */
async function factsAfter(deliveries: object[]): Promise<object[]> {
  await emptied(knex);
  const bench = new Workbench(knex, [new TestSource()]);
  await bench.catalogIs(
    names.map(name =>
      component(name, {
        annotations: {
          [annotation]: 'larkspur/shop',
          'waymark.io/repository-paths': name,
        },
      }),
    ),
  );
  for (const [index, fact] of deliveries.entries()) {
    await bench.inbox.add([
      {
        source: 'test',
        deliveryId: `d${index}`,
        headers: {},
        body: Buffer.from(JSON.stringify({ facts: [fact] })),
      },
    ]);
    // Some in one batch, some in another.
    if (index === 2) await bench.drain();
  }
  await bench.drain();
  const { rows } = await knex.raw<{ rows: { row: object }[] }>(
    `select to_jsonb(f) - 'id' - 'service_id' - 'said' || jsonb_build_object('at', s.key) as row
      from incidents f join services s on s.id = f.service_id
      union all
      select to_jsonb(f) - 'id' - 'service_id' - 'said' || jsonb_build_object('at', s.key)
      from changes f join services s on s.id = f.service_id
      order by row`,
  );
  return rows.map(({ row }) => row);
}

it('facts belong where they belong in whatever order they are told', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(fc.oneof(incident, change), { minLength: 2, maxLength: 7 })
        // No two at the same moment: of those the later to arrive counts.
        .map(facts => facts.map((fact, n) => ({ ...fact, observedAt: at(n) })))
        .chain(facts =>
          fc.tuple(
            fc.constant(facts),
            fc.shuffledSubarray(facts, { minLength: facts.length }),
          ),
        ),
      async ([told, shuffled]) => {
        expect(await factsAfter(shuffled)).toEqual(await factsAfter(told));
      },
    ),
    { numRuns: 15, seed: 20261129 },
  );
});
