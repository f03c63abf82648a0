import type { DeliverySource } from '@waymark/plugin-dora-node';
import {
  deliveryOf,
  assertNeverCrashes,
  sourceAddedBy,
} from '@waymark/plugin-dora-node/testUtils';
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import doraModuleCdevents from '.';
import changeMerged from './__fixtures__/change-merged-0.4.json';
import incidentDetected from './__fixtures__/incident-detected-0.4.json';
import incidentReported from './__fixtures__/incident-reported-0.4.json';
import incidentResolved from './__fixtures__/incident-resolved-0.4.json';
import serviceDeployed from './__fixtures__/service-deployed-0.4.json';

let source: DeliverySource;
beforeAll(async () => {
  source = await sourceAddedBy(doraModuleCdevents, {
    cdevents: { secrets: ['s3'] },
  });
});

const folder = path.join(__dirname, '__fixtures__');
const samples: Record<string, unknown> = Object.fromEntries(
  fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => [
      path.basename(name, '.json'),
      JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')),
    ]),
);

/** All in the body. */
const structured = (data: unknown) =>
  deliveryOf(
    { specversion: '1.0', id: 'e1', source: '/s', type: 'dev.cdevents', data },
    { 'content-type': 'application/cloudevents+json; charset=utf-8' },
  );

/** The attributes in headers. */
const binary = (data: unknown, headers: Record<string, string> = {}) =>
  deliveryOf(data, {
    'content-type': 'application/json',
    'ce-specversion': '1.0',
    'ce-id': 'e1',
    'ce-source': '/s',
    ...headers,
  });

const read = (data: unknown) => source.read(binary(data));

it('believes who has the key', async () => {
  const signed = (secret: string) =>
    binary(serviceDeployed, {
      'x-waymark-signature': `sha256=${createHmac('sha256', secret)
        .update(JSON.stringify(serviceDeployed))
        .digest('hex')}`,
    });
  const now = new Date();
  expect(() => source.verify(signed('s3'), now)).not.toThrow();
  expect(() => source.verify(signed('s4'), now)).toThrow(/does not fit/);
  const unset = await sourceAddedBy(doraModuleCdevents);
  expect(() => unset.verify(signed(''), now)).toThrow(/No secret/);
});

it('knows an event by its source and id', () => {
  expect(source.deliveryId(structured({}))).toBe('/s e1');
  expect(source.deliveryId(binary({}))).toBe('/s e1');
  expect(source.deliveryId(deliveryOf({}))).toBeUndefined();
});

it('reads the specification’s examples', () => {
  expect(
    Object.fromEntries(
      Object.entries(samples).map(([name, data]) => [name, read(data).kind]),
    ),
  ).toEqual({
    'change-abandoned-0.4': 'facts',
    'change-created-0.4': 'facts',
    'change-merged-0.4': 'facts',
    'change-reviewed-0.4': 'facts',
    'incident-detected-0.4': 'facts',
    'incident-reported-0.4': 'facts',
    'incident-resolved-0.4': 'facts',
    'pipelinerun-finished-0.4': 'ignored',
    'service-deployed-0.3': 'facts',
    'service-deployed-0.4': 'facts',
    'service-deployed-0.5': 'facts',
    'service-removed-0.4': 'ignored',
    'service-rolledback-0.4': 'facts',
    'service-upgraded-0.4': 'facts',
  });
});

const deployment = {
  type: 'deployment',
  id: '271069a8-fc18-44f1-b38f-9d70a1695819',
  service: { entity: 'mySubject123' },
  environment: 'test123',
  status: 'success',
  finishedAt: '2023-03-20T14:27:05.315Z',
  title:
    'pkg:oci/myapp@sha256%3A0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427',
  observedAt: '2023-03-20T14:27:05.315Z',
};

it.each([
  'service-deployed-0.3',
  'service-deployed-0.4',
  'service-deployed-0.5',
])('reads %s in both modes', name => {
  const expected = { kind: 'facts', facts: [deployment] };
  expect(source.read(structured(samples[name]))).toEqual(expected);
  expect(source.read(binary(samples[name]))).toEqual(expected);
});

it('knows a rollback', () => {
  expect(read(samples['service-rolledback-0.4'])).toEqual({
    kind: 'facts',
    facts: [{ ...deployment, kind: 'rollback' }],
  });
});

describe('the commit', () => {
  const commitOf = (artifactId: string, customData?: object) => {
    const { subject } = serviceDeployed;
    const reading = read({
      ...serviceDeployed,
      subject: { ...subject, content: { ...subject.content, artifactId } },
      customData,
    });
    return (
      reading.kind === 'facts' &&
      reading.facts[0].type === 'deployment' &&
      reading.facts[0].sha
    );
  };

  it('stands in the custom data or in the package URL', () => {
    expect(commitOf('pkg:oci/a', { commit: '6DCB09B5' })).toBe('6dcb09b5');
    expect(commitOf('pkg:oci/a', { sha: '6dcb09b5' })).toBe('6dcb09b5');
    expect(commitOf('pkg:github/larkspur/order@6dcb09b5')).toBe('6dcb09b5');
    expect(
      commitOf(
        'pkg:oci/a@sha256%3Aff?vcs_url=git%2Bhttps://g/a.git%406dcb09b5',
      ),
    ).toBe('6dcb09b5');
  });

  it('is not the digest of an image', () => {
    expect(commitOf(deployment.title)).toBeUndefined();
  });
});

it('reads the life of an incident', () => {
  const incident = {
    type: 'incident',
    id: 'incident-123',
    service: { entity: 'myApp' },
    title: 'Response time above threshold of 100ms',
    createdAt: '2022-11-11T13:52:20.079Z',
    observedAt: '2022-11-11T13:52:20.079Z',
  };
  expect(read(incidentDetected)).toEqual({ kind: 'facts', facts: [incident] });
  expect(read(incidentReported)).toMatchObject({
    facts: [{ url: 'https://my-issues.example/incidents/ticket-345' }],
  });
  expect(read(incidentResolved)).toEqual({
    kind: 'facts',
    facts: [
      {
        type: 'incident',
        id: 'incident-123',
        service: { entity: 'myApp' },
        title: 'Response time restored below 100ms',
        resolvedAt: '2022-11-11T14:22:20.079Z',
        observedAt: '2022-11-11T14:22:20.079Z',
      },
    ],
  });
});

it('reads a change by its repository', () => {
  expect(read({ ...changeMerged, customData: { commit: '6dcb09b5' } })).toEqual(
    {
      kind: 'facts',
      facts: [
        {
          type: 'change',
          id: 'mySubject123',
          service: {
            annotation: 'github.com/project-slug',
            value: 'TestRepo/TestOrg',
          },
          mergedAt: '2023-03-20T14:27:05.315Z',
          mergeSha: '6dcb09b5',
          observedAt: '2023-03-20T14:27:05.315Z',
        },
      ],
    },
  );
});

it.each([
  ['no CloudEvent', deliveryOf(serviceDeployed), /no CloudEvent of version 1/],
  [
    'a batch',
    deliveryOf([], { 'content-type': 'application/cloudevents-batch+json' }),
    /one at a time/,
  ],
  [
    'another version',
    deliveryOf(
      { specversion: '0.3' },
      { 'content-type': 'application/cloudevents+json' },
    ),
    /^The CloudEvent is not understood: specversion: is not 1.0/,
  ],
  ['no CDEvent', binary({}), /^The CDEvent is not understood: context: /],
  [
    'no environment',
    binary({ ...serviceDeployed, subject: { id: 'a', content: {} } }),
    /^The CDEvent dev.cdevents.service.deployed.0.2.0 is not understood: subject.content.environment: /,
  ],
])('says what was not understood: %s', (_, delivery, message) => {
  expect(() => source.read(delivery)).toThrow(message);
});

it('never crashes', () => {
  expect(() =>
    assertNeverCrashes(
      source,
      Object.values(samples).flatMap(data => [binary(data), structured(data)]),
    ),
  ).not.toThrow();
});
