import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../faults/support/until.ts';
import { callAs } from '../support/people.ts';

type Found = { type: string; document: { title: string; kind?: string } };

async function search(term: string): Promise<Found[]> {
  const response = await callAs(
    'viewer',
    `/api/search/query?term=${encodeURIComponent(term)}`,
  );
  assert.equal(response.status, 200);
  return ((await response.json()) as { results: Found[] }).results;
}

/** What a person looks for, by a word of it, and where it is found. */
const wanted: [what: string, term: string, (found: Found) => boolean][] = [
  [
    'a service',
    'Payments gateway',
    ({ type, document }) =>
      type === 'software-catalog' && document.title === 'Payments gateway',
  ],
  [
    'a template',
    'Node.js service',
    ({ document }) => document.kind === 'Template',
  ],
  [
    'a page of a service’s docs',
    'life of a payment',
    ({ type, document }) =>
      type === 'techdocs' && /life of a payment/i.test(document.title),
  ],
  [
    'a page of the portal’s own docs',
    'Configure production',
    ({ type, document }) =>
      type === 'techdocs' && /configure production/i.test(document.title),
  ],
];

for (const [what, term, fits] of wanted) {
  // At the latest after five minutes, when the docs are read again.
  test(`search finds ${what}`, () =>
    until(`"${term}" is found`, async () => (await search(term)).some(fits), {
      withinMs: 420_000,
      everyMs: 1_000,
    }));
}
