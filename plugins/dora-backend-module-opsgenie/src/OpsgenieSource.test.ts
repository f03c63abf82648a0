import type { DeliverySource } from '@waymark/plugin-dora-node';
import {
  deliveryOf,
  assertNeverCrashes,
  sourceAddedBy,
} from '@waymark/plugin-dora-node/testUtils';
import doraModuleOpsgenie from '.';
import acknowledge from './__fixtures__/acknowledge.json';
import addNote from './__fixtures__/add-note.json';
import close from './__fixtures__/close.json';
import create from './__fixtures__/create.json';

let source: DeliverySource;
beforeAll(async () => {
  source = await sourceAddedBy(doraModuleOpsgenie, {
    opsgenie: { secrets: ['s3'] },
  });
});

const read = (payload: unknown) => source.read(deliveryOf(payload));
const alertWith = (alert: object) => ({
  ...create,
  alert: { ...create.alert, ...alert },
});

it('believes who knows the secret', async () => {
  const given = (token: string) =>
    deliveryOf(create, { 'x-waymark-token': token });
  const now = new Date();
  expect(() => source.verify(given('s3'), now)).not.toThrow();
  expect(() => source.verify(given('s4'), now)).toThrow(/does not hold/);
  const unset = await sourceAddedBy(doraModuleOpsgenie);
  expect(() => unset.verify(given(''), now)).toThrow(/No secret/);
});

const incident = {
  type: 'incident',
  id: '052652ac-5d1c-464a-812a-7dd18bbfba8c',
  idIsUnique: true,
  service: { entity: 'order-service' },
  title: 'Orders fail at checkout',
  severity: 'P1',
  createdAt: '2015-03-12T14:27:19.953Z',
};

it.each([
  ['begins', create, { observedAt: '2015-03-12T14:27:19.953Z' }],
  ['is taken up', acknowledge, { observedAt: '2015-03-12T14:28:20.000Z' }],
  [
    'ends',
    close,
    {
      resolvedAt: '2015-03-12T14:57:19.953Z',
      observedAt: '2015-03-12T14:57:19.953Z',
    },
  ],
])('an incident %s', (_, payload, said) => {
  expect(read(payload)).toEqual({
    kind: 'facts',
    facts: [{ ...incident, ...said }],
  });
});

it('ignores notes, and alerts of low priority', () => {
  expect(read(addNote).kind).toBe('ignored');
  expect(read(alertWith({ priority: 'P3' }))).toEqual({
    kind: 'ignored',
    reason: 'The alert has the priority P3; incidents are those of P1, P2',
  });
});

it('takes other priorities where the configuration says so', async () => {
  const lenient = await sourceAddedBy(doraModuleOpsgenie, {
    opsgenie: { priorities: ['P3'] },
  });
  expect(lenient.read(deliveryOf(alertWith({ priority: 'P3' }))).kind).toBe(
    'facts',
  );
});

it('finds the service in a tag, the entity or the component selector', () => {
  const serviceOf = (alert: object) => read(alertWith(alert));
  expect(serviceOf({ tags: [], entity: 'search' })).toMatchObject({
    facts: [{ service: { entity: 'search' } }],
  });
  expect(serviceOf({ tags: ['checkout'] })).toMatchObject({
    facts: [
      {
        service: {
          annotation: 'opsgenie.com/component-selector',
          value: 'tag:"checkout"',
        },
      },
    ],
  });
  expect(() => serviceOf({ tags: [] })).toThrow(/names no service/);
});

it('reads what people write of the cause', () => {
  expect(
    read(alertWith({ description: 'Caused by 6dcb09b5b57875f3' })),
  ).toMatchObject({ facts: [{ causedBy: { sha: '6dcb09b5b57875f3' } }] });
});

it('says what was not understood', () => {
  expect(() => read({ action: 'Create' })).toThrow(
    /^The Opsgenie webhook is not understood: alert: /,
  );
});

it('never crashes', () => {
  expect(() =>
    assertNeverCrashes(
      source,
      [create, close].map(body => deliveryOf(body)),
    ),
  ).not.toThrow();
});

it('ends an incident whose priority is lowered, and begins it again', () => {
  const prioritised = (priority: string, oldPriority?: string) =>
    source.read(
      deliveryOf({
        ...create,
        action: 'UpdatePriority',
        alert: { ...create.alert, priority, oldPriority },
      }),
    );
  const ended = {
    facts: [{ isChangeRelated: false, resolvedAt: '2015-03-12T14:27:19.953Z' }],
  };
  expect(prioritised('P4', 'P1')).toMatchObject(ended);
  // Not every version says what it was before.
  expect(prioritised('P4')).toMatchObject(ended);
  expect(prioritised('P4', 'P3').kind).toBe('ignored');
  expect(prioritised('P1', 'P4')).toMatchObject({
    facts: [{ isChangeRelated: true, resolvedAt: null }],
  });
  expect(prioritised('P1', 'P2')).toMatchObject({
    facts: [expect.not.objectContaining({ isChangeRelated: true })],
  });
});
