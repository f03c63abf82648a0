import { fakeRequest } from '../__testUtils__/fakes';
import { stagesOf } from './stages';

const shown = (request: Parameters<typeof stagesOf>[0]) =>
  stagesOf(request).map(({ state }) => state);

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

  it('shows where a request failed, by what it went through last', () => {
    expect(
      shown(
        fakeRequest({
          state: 'failed',
          history: [
            {
              number: 1,
              at: '2026-03-01T10:00:00Z',
              action: 'plan',
              state: 'planning',
            },
            {
              number: 2,
              at: '2026-03-01T10:00:01Z',
              action: 'fail',
              state: 'failed',
            },
          ],
        }),
      ),
    ).toEqual(['done', 'ended', 'ahead', 'ahead', 'ahead']);
  });

  it('tells a denial of the wish from a denial of the plan', () => {
    const denied = fakeRequest({ state: 'denied', plan: undefined });
    expect(shown(denied)[0]).toBe('ended');
    expect(
      shown({
        ...denied,
        plan: { hash: 'a', changes: [], madeAt: '2026-03-01T10:00:00Z' },
      }),
    ).toEqual(['done', 'done', 'ended', 'ahead', 'ahead']);
  });
});
