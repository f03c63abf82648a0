import { fakeDecision, fakeRequest } from '../__testUtils__/fakes';
import { stagesOf } from './stages';

const shown = (request: Parameters<typeof stagesOf>[0]) =>
  stagesOf(request).map(({ state }) => state);

const planned = { hash: 'a', changes: [], madeAt: '2026-03-01T10:00:00Z' };
const run = (kind: 'plan' | 'apply') => ({
  id: kind,
  kind,
  state: 'failed' as const,
  steps: [],
});
const plan = run('plan');
const apply = run('apply');

describe('stagesOf', () => {
  it('shows where a request is', () => {
    expect(shown(fakeRequest({ state: 'pendingApproval' }))).toEqual([
      'done',
      'done',
      'done',
      'current',
      'ahead',
    ]);
  });

  it('shows a request that came through', () => {
    expect(shown(fakeRequest({ state: 'done' }))).toEqual(
      Array(5).fill('done'),
    );
  });

  it.each([
    ['before anything was planned', { runs: [] }, 0],
    ['while it was planned', { runs: [plan] }, 1],
    ['once it was planned', { runs: [plan], plan: planned }, 2],
    [
      'while it waited for people',
      {
        runs: [plan],
        plan: planned,
        decision: fakeDecision({ verdict: 'approval' }),
      },
      3,
    ],
    ['while it was applied', { runs: [plan, apply], plan: planned }, 4],
  ] as const)('shows that a request ended %s', (_, found, at) => {
    const ended = fakeRequest({
      state: 'failed',
      plan: undefined,
      decision: undefined,
      ...found,
      runs: [...found.runs],
    });
    expect(shown(ended).indexOf('ended')).toBe(at);
  });

  it('tells a denial of the wish from a denial of the plan', () => {
    const denied = fakeRequest({ state: 'denied', plan: undefined });
    expect(shown(denied)[0]).toBe('ended');
    expect(
      shown({
        ...denied,
        plan: planned,
      }),
    ).toEqual(['done', 'done', 'ended', 'ahead', 'ahead']);
  });
});
