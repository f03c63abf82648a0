import type { DeliverySource } from '@waymark/plugin-dora-node';
import {
  deliveryOf,
  assertNeverCrashes,
  sourceAddedBy,
} from '@waymark/plugin-dora-node/testUtils';
import { createHmac } from 'node:crypto';
import doraModulePagerduty from '.';
import acknowledged from './__fixtures__/incident-acknowledged.json';
import annotated from './__fixtures__/incident-annotated.json';
import priorityUpdated from './__fixtures__/incident-priority-updated.json';
import reopened from './__fixtures__/incident-reopened.json';
import resolved from './__fixtures__/incident-resolved.json';
import triggered from './__fixtures__/incident-triggered.json';
import ping from './__fixtures__/ping.json';

const sourceWith = (secrets: string[]) =>
  sourceAddedBy(doraModulePagerduty, { pagerduty: { secrets } });

let source: DeliverySource;
beforeAll(async () => {
  source = await sourceWith(['s3']);
});

const read = (payload: unknown) => source.read(deliveryOf(payload));

describe('verify', () => {
  const sign = (secret: string) =>
    `v1=${createHmac('sha256', secret)
      .update(JSON.stringify(triggered))
      .digest('hex')}`;
  const verify = (signature: string, believer = source) =>
    believer.verify(
      deliveryOf(triggered, { 'x-pagerduty-signature': signature }),
      new Date(),
    );

  it('believes one right signature of several', () => {
    expect(() => verify(`${sign('old')}, ${sign('s3')}`)).not.toThrow();
  });

  it('refuses others, other versions, and everything without a secret', async () => {
    expect(() => verify(sign('x'))).toThrow(/does not fit the body/);
    expect(() => verify(sign('s3').replace('v1=', 'v0='))).toThrow(/missing/);
    const unset = await sourceWith([]);
    expect(() => verify(sign(''), unset)).toThrow(/No secret is configured/);
  });
});

it("knows a delivery by the event's id", () => {
  expect(source.deliveryId(deliveryOf(triggered))).toBe(
    '01DEN4HPBQAAAG05V5QQYBRZMF',
  );
  expect(
    source.deliveryId({ headers: {}, body: Buffer.from('no') }),
  ).toBeUndefined();
});

const incident = {
  type: 'incident',
  id: 'PGR0VU2',
  idIsUnique: true,
  service: { annotation: 'pagerduty.com/service-id', value: 'PF9KMXH' },
  title: 'A little bump in the road',
  severity: 'P1',
  createdAt: '2020-10-02T18:45:22.169Z',
  url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
};

it.each([
  ['begins', triggered, { observedAt: '2020-10-02T18:45:22.169Z' }],
  ['is taken up', acknowledged, { observedAt: '2020-10-02T18:47:00.000Z' }],
  [
    'is rated anew',
    priorityUpdated,
    { severity: 'P2', observedAt: '2020-10-02T18:50:00.000Z' },
  ],
  [
    'ends',
    resolved,
    {
      resolvedAt: '2020-10-02T19:05:12.500Z',
      observedAt: '2020-10-02T19:05:12.500Z',
    },
  ],
  [
    'begins again',
    reopened,
    { resolvedAt: null, observedAt: '2020-10-02T19:20:00.000Z' },
  ],
])('an incident %s', (_, payload, said) => {
  expect(read(payload)).toEqual({
    kind: 'facts',
    facts: [{ ...incident, ...said }],
  });
});

it('falls back to the urgency, and finds a cause in the title', () => {
  const { event } = triggered;
  const data = {
    ...event.data,
    priority: null,
    title: 'Down. Caused by deployment 4711',
  };
  expect(read({ event: { ...event, data } })).toMatchObject({
    facts: [{ severity: 'high', causedBy: { deployment: '4711' } }],
  });
});

it('ignores what is no news of an incident', () => {
  expect(read(ping).kind).toBe('ignored');
  expect(read(annotated).kind).toBe('ignored');
});

it('says what was not understood', () => {
  expect(() => read({ messages: [] })).toThrow(
    /^The PagerDuty webhook is not understood: event: /,
  );
  const { event } = triggered;
  expect(() => read({ event: { ...event, data: { id: 'P' } } })).toThrow(
    /^The PagerDuty incident.triggered event is not understood: created_at: /,
  );
});

it('never crashes', () => {
  expect(() =>
    assertNeverCrashes(
      source,
      [triggered, resolved].map(body => deliveryOf(body)),
    ),
  ).not.toThrow();
});
