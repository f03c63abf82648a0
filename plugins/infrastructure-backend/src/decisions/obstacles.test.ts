import { obstaclesOf, type Standing } from './obstacles';

const obstacles = (
  state: Standing['state'],
  resource: Standing['resource']['state'],
  isOvertaken = false,
) =>
  obstaclesOf({
    state,
    resource: { name: 'orders-thing', state: resource },
    isOvertaken,
  });

it.each([
  // Nothing was done of it yet.
  ['planning', 'requested', { retry: /is planning/ }],
  ['pendingApproval', 'ready', { retry: /is pendingApproval/ }],
  ['queued', 'ready', { retry: /is queued/ }],
  // It is being done, or is over.
  [
    'applying',
    'changing',
    { cancel: /being applied.*half done.*Wait/, retry: /is applying/ },
  ],
  ['reconciling', 'changing', { cancel: /reconciling/, retry: /reconciling/ }],
  ['done', 'ready', { cancel: /is done/, retry: /is done/ }],
  ['cancelled', 'ready', { cancel: /is cancelled/, retry: /is cancelled/ }],
  // What failed to make something and made nothing.
  ['failed', 'requested', {}],
  // What failed, or was lost, while something may stand there.
  ['failed', 'failed', { cancel: /is failed: there is nothing to give up/ }],
  ['interrupted', 'interrupted', { cancel: /is interrupted/ }],
  // What it was about is gone.
  [
    'failed',
    'withdrawn',
    { cancel: /nothing to give up/, retry: /ask for it/ },
  ],
  ['failed', 'destroyed', { cancel: /nothing to give up/, retry: /a new one/ }],
  ['interrupted', 'destroyed', { cancel: /interrupted/, retry: /a new one/ }],
] as const)(
  'of what is %s, of a thing that is %s: %j',
  (state, of, expected) => {
    expect(obstacles(state, of)).toEqual(matching(expected));
  },
);

it.each([
  ['failed', 'requested', { cancel: /Another request/, retry: /Another/ }],
  ['failed', 'ready', { cancel: /nothing to give up/, retry: /Another/ }],
  ['interrupted', 'changing', { cancel: /interrupted/, retry: /Another/ }],
] as const)(
  'of what is %s, of a thing that is %s, while another request is under way: %j',
  (state, of, expected) => {
    expect(obstacles(state, of, true)).toEqual(matching(expected));
  },
);

function matching(expected: Record<string, RegExp>) {
  return Object.fromEntries(
    Object.entries(expected).map(([deed, text]) => [
      deed,
      expect.stringMatching(text),
    ]),
  );
}
