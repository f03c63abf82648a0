import type { DeliverySource } from '@waymark/plugin-dora-node';
import {
  deliveryOf,
  assertNeverCrashes,
  sourceAddedBy,
} from '@waymark/plugin-dora-node/testUtils';
import { createHmac } from 'node:crypto';
import doraModuleJira from '.';
import commentCreated from './__fixtures__/comment-created.json';
import created from './__fixtures__/issue-created.json';
import reopened from './__fixtures__/issue-reopened.json';
import resolved from './__fixtures__/issue-resolved.json';

let source: DeliverySource;
beforeAll(async () => {
  source = await sourceAddedBy(doraModuleJira, { jira: { secrets: ['s3'] } });
});

const read = (payload: unknown, reader = source) =>
  reader.read(deliveryOf(payload));
const issueWith = (fields: object, more: object = {}) => ({
  ...created,
  ...more,
  issue: {
    ...created.issue,
    fields: { ...created.issue.fields, ...fields },
  },
});

it('believes who knows the secret', async () => {
  const signed = (secret: string) =>
    deliveryOf(created, {
      'x-hub-signature': `sha256=${createHmac('sha256', secret)
        .update(JSON.stringify(created))
        .digest('hex')}`,
    });
  const now = new Date();
  expect(() => source.verify(signed('s3'), now)).not.toThrow();
  expect(() => source.verify(signed('s4'), now)).toThrow(/does not fit/);
  expect(() => source.verify(deliveryOf(created), now)).toThrow(/is missing/);
  const unset = await sourceAddedBy(doraModuleJira);
  expect(() => unset.verify(signed(''), now)).toThrow(/No secret/);
});

it('knows a delivery by the id that Jira gave it', () => {
  expect(
    source.deliveryId(
      deliveryOf(created, { 'x-atlassian-webhook-identifier': 'd2e1' }),
    ),
  ).toBe('d2e1');
});

const incident = {
  type: 'incident',
  id: '99291',
  formerId: 'OPS-12',
  idIsUnique: true,
  service: { annotation: 'jira/project-key', value: 'OPS' },
  title: 'Orders fail at checkout',
  severity: 'Highest',
  createdAt: '2026-03-01T09:00:00.000Z',
  causedBy: { sha: '6dcb09b5b57875f3' },
  url: 'https://acme.atlassian.net/browse/OPS-12',
};

it.each([
  ['begins', created, { observedAt: '2026-03-01T09:00:00.500Z' }],
  [
    'ends',
    resolved,
    {
      resolvedAt: '2026-03-01T10:00:00.000Z',
      observedAt: '2026-03-01T10:00:00.500Z',
    },
  ],
  [
    'begins again',
    reopened,
    { resolvedAt: null, observedAt: '2026-03-01T11:00:00.500Z' },
  ],
])('an incident %s', (_, payload, said) => {
  expect(read(payload)).toEqual({
    kind: 'facts',
    facts: [{ ...incident, ...said }],
  });
});

it('ends by its status where no resolution is set', () => {
  const moved = { changelog: { items: [{ field: 'status', to: '5' }] } };
  const status = { statusCategory: { key: 'done' } };
  expect(read(issueWith({ status }, moved))).toMatchObject({
    facts: [{ resolvedAt: '2026-03-01T09:00:00.500Z' }],
  });
  // An edit after the end does not move the end.
  expect(read(issueWith({ status }))).toMatchObject({
    facts: [expect.not.objectContaining({ resolvedAt: expect.anything() })],
  });
});

it('finds the service by project, component or label', async () => {
  const byComponent = await sourceAddedBy(doraModuleJira, {
    jira: { serviceBy: 'component' },
  });
  expect(read(created, byComponent)).toMatchObject({
    facts: [
      { service: { annotation: 'jira/component', value: 'OPS/Order service' } },
    ],
  });
  expect(read(issueWith({ components: [] }), byComponent)).toMatchObject({
    facts: [{ service: { annotation: 'jira/project-key', value: 'OPS' } }],
  });
  expect(read(issueWith({ labels: ['service:search'] }))).toMatchObject({
    facts: [{ service: { entity: 'search' } }],
  });
});

it('reads labels and descriptions that are trees', () => {
  expect(
    read(
      issueWith({
        labels: ['not-change-related'],
        description: {
          type: 'doc',
          content: [{ type: 'text', text: 'Caused by deployment d-7' }],
        },
      }),
    ),
  ).toMatchObject({
    facts: [{ isChangeRelated: false, causedBy: { deployment: 'd-7' } }],
  });
});

it('ignores other types, comments and deletions', () => {
  expect(read(issueWith({ issuetype: { name: 'Task' } })).kind).toBe('ignored');
  expect(read(commentCreated).kind).toBe('ignored');
  expect(read({ webhookEvent: 'jira:issue_deleted' }).kind).toBe('ignored');
});

it('ends an incident that becomes another type, and begins it again', () => {
  const retyped = (fromString: string, name: string) =>
    read(
      issueWith(
        { issuetype: { name } },
        { changelog: { items: [{ field: 'issuetype', fromString }] } },
      ),
    );
  expect(retyped('Incident', 'Task')).toMatchObject({
    facts: [
      {
        isChangeRelated: false,
        resolvedAt: new Date(created.timestamp).toISOString(),
      },
    ],
  });
  expect(retyped('Task', 'Incident')).toMatchObject({
    facts: [{ isChangeRelated: true, resolvedAt: null }],
  });
  expect(retyped('Task', 'Bug').kind).toBe('ignored');
});

it('says what was not understood', async () => {
  expect(() => read({ webhookEvent: 'jira:issue_created' })).toThrow(
    /^The Jira webhook is not understood: timestamp: /,
  );
  await expect(
    sourceAddedBy(doraModuleJira, { jira: { serviceBy: 'team' } }),
  ).rejects.toThrow(/may be project or component/);
});

it('never crashes', () => {
  expect(() =>
    assertNeverCrashes(
      source,
      [created, resolved, reopened].map(body => deliveryOf(body)),
    ),
  ).not.toThrow();
});
