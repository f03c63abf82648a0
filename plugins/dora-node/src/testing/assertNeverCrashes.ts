import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import type { Delivery, DeliverySource } from '../DeliverySource';
import type { Fact } from '../facts';

type Source = Pick<DeliverySource, 'read' | 'deliveryId'>;

const instantFields = new Set([
  'observedAt',
  'startedAt',
  'finishedAt',
  'firstCommitAt',
  'openedAt',
  'firstReviewAt',
  'approvedAt',
  'mergedAt',
  'createdAt',
  'resolvedAt',
  'authoredAt',
]);

/** @throws Error when a fact could not be stored or shown */
function inspect(value: unknown, field: string): void {
  if (typeof value === 'string') {
    if (value === '') throw new Error(`${field} is empty`);
    if (/\0|\p{Surrogate}/u.test(value)) {
      throw new Error(`${field} cannot be stored: ${JSON.stringify(value)}`);
    }
    if (
      instantFields.has(field) &&
      (new Date(value).toISOString() !== value || !/^\d{4}-/.test(value))
    ) {
      throw new Error(`${field} is no instant: ${value}`);
    }
    if (field === 'url' && !/^https?:\/\//.test(value.toLowerCase())) {
      throw new Error(`${field} is not for a browser: ${value}`);
    }
  } else if (Array.isArray(value)) {
    value.forEach(item => inspect(item, field));
  } else if (typeof value === 'object' && value !== null) {
    Object.entries(value).forEach(([key, nested]) => inspect(nested, key));
  } else if (typeof value === 'number') {
    throw new Error(`${field} is a number`);
  }
}

function inspectFact(fact: Fact): void {
  for (const field of ['id', 'type', 'observedAt'] as const) {
    if (!fact[field]) throw new Error(`${field} is missing`);
  }
  if (fact.type === 'deployment' && !fact.environment) {
    throw new Error('environment is missing');
  }
  if (!('entity' in fact.service || fact.service.value)) {
    throw new Error('service is missing');
  }
  inspect(fact, 'fact');
}

function read(source: Source, delivery: Delivery): void {
  source.deliveryId(delivery);
  try {
    const reading = source.read(delivery);
    if (reading.kind === 'facts') reading.facts.forEach(inspectFact);
    else if (!reading.reason) throw new Error('ignored without a reason');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
}

type Container = Record<string, unknown> | unknown[];

/** Every place in a JSON value, as what holds it and under which key. */
function placesIn(value: unknown): { container: Container; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const container = value as Container;
  return Object.entries(container).flatMap(([key, nested]) => [
    { container, key },
    ...placesIn(nested),
  ]);
}

const surrogates = { first: 0xd800, count: 0x800 };

/**
 * Any character. `fc.string({ unit: 'binary' })` has the same ones, and makes a
 * list of all of them in each test file before it begins. The way back to a
 * number is for the names it adds by itself, such as `__proto__`.
 */
const character = fc.integer({ min: 0, max: 0x10ffff - surrogates.count }).map(
  place =>
    String.fromCodePoint(
      place < surrogates.first ? place : place + surrogates.count,
    ),
  value => {
    if (typeof value !== 'string' || !/^\P{Surrogate}$/u.test(value)) {
      throw new Error('No character');
    }
    const point = value.codePointAt(0)!;
    return point < surrogates.first ? point : point - surrogates.count;
  },
);

const replacement = fc.oneof(
  fc.constant(undefined),
  fc.jsonValue(),
  fc.string({ unit: character }),
  fc.constantFrom('', '\0', '\ud800', 'data:text/html,hello', null, -1, 1e300),
  fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
);

function mutate(sample: unknown, changes: [number, unknown][]): unknown {
  const copy = structuredClone({ body: sample });
  for (const [where, what] of changes) {
    const places = placesIn(copy);
    if (places.length === 0) break;
    const { container, key } = places[where % places.length];
    Object.defineProperty(container, key, {
      value: what,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return copy.body;
}

/**
 * Asserts that whatever is delivered becomes facts that can be stored, is
 * ignored with a reason, or is refused with an InputError. Tries bytes, JSON,
 * and the samples with some of their fields changed.
 *
 * @param samples - deliveries with a JSON body that are understood; their headers are used throughout
 * @throws Error with the delivery that broke it
 */
export function assertNeverCrashes(
  source: Source,
  samples: Delivery[],
  parameters: fc.Parameters<unknown> = { seed: 1, numRuns: 1000 },
): void {
  // As text, so that a counterexample can be read.
  const sample = fc.constantFrom(
    ...samples.map(({ headers, body }) => ({
      headers,
      json: body.toString('utf8'),
    })),
  );
  const rubbish = fc.oneof(
    fc.json().map(json => Buffer.from(json)),
    fc.uint8Array().map(bytes => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(sample, rubbish, ({ headers }, body) =>
      read(source, { headers, body }),
    ),
    parameters,
  );
  const changes = fc.array(fc.tuple(fc.nat(), replacement), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(sample, changes, ({ headers, json }, changed) => {
      const mutated = mutate(JSON.parse(json), changed);
      read(source, {
        headers,
        body: Buffer.from(JSON.stringify(mutated) ?? ''),
      });
    }),
    parameters,
  );
}
