import { InputError } from '@backstage/errors';
import examples from '@octokit/webhooks-examples';
import {
  deliveryOf,
  assertNeverCrashes,
} from '@waymark/plugin-dora-node/testUtils';
import { GithubSource } from './GithubSource';

// Everything that can be a fact is one here.
const source = new GithubSource({
  secrets: [],
  host: 'github.com',
  branches: ['*'],
  workflows: [{ name: '*', environment: 'production' }],
  releaseEnvironment: 'production',
  incidentLabels: ['bug'],
  notChangeRelatedLabels: ['not-change-related'],
});

const deliveries = examples.flatMap(({ name, examples: payloads }) =>
  payloads.map(payload => ({
    name,
    delivery: deliveryOf(payload, { 'x-github-event': name }),
  })),
);

type Outcome = { facts: number; ignored: number; refused: number };

/** How many of GitHub's published payloads become what, by event. */
function outcomes(): Record<string, Outcome> {
  const table: Record<string, Outcome> = {};
  for (const { name, delivery } of deliveries) {
    table[name] ??= { facts: 0, ignored: 0, refused: 0 };
    try {
      table[name][source.read(delivery).kind] += 1;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      table[name].refused += 1;
    }
  }
  return table;
}

const read: Record<string, Outcome> = {
  deployment: { facts: 4, ignored: 0, refused: 0 },
  deployment_status: { facts: 4, ignored: 0, refused: 0 },
  issues: { facts: 25, ignored: 4, refused: 0 },
  ping: { facts: 0, ignored: 4, refused: 0 },
  pull_request: { facts: 29, ignored: 0, refused: 0 },
  pull_request_review: { facts: 0, ignored: 4, refused: 0 },
  push: { facts: 2, ignored: 5, refused: 0 },
  release: { facts: 4, ignored: 9, refused: 0 },
  workflow_run: { facts: 5, ignored: 0, refused: 0 },
};

it('reads what GitHub publishes as examples', () => {
  const table = outcomes();
  expect(deliveries.length).toBeGreaterThan(300);
  expect(table).toMatchObject(read);
  const others = Object.entries(table).filter(([name]) => !(name in read));
  expect(
    others.filter(([, { facts, refused }]) => facts + refused > 0),
  ).toEqual([]);
});

it('never crashes', () => {
  expect(() =>
    assertNeverCrashes(
      source,
      deliveries.map(({ delivery }) => delivery),
    ),
  ).not.toThrow();
});
