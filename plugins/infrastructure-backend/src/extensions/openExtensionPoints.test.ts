import { openExtensionPoints } from './openExtensionPoints';

/** What modules get and what they bring, by the name of the extension point. */
function opened() {
  const points = new Map<string, Record<string, (thing: object) => void>>();
  const brought = openExtensionPoints({
    registerExtensionPoint: (point: { id: string }, handed: never) =>
      points.set(point.id.split('.')[1], handed),
  } as never);
  return { points, brought };
}

it.each([
  ['engines', 'addEngine', /two engines by the name of one/],
  ['secretSinks', 'addSink', /two sinks by the name of one/],
  ['policy', 'setPolicyEngine', /two policy engines/],
  ['budgetBook', 'setBudgetBook', /two books of budgets/],
  ['billBook', 'setBillBook', /two books of bills/],
])('%s takes the same once', (point, method, expected) => {
  const { points } = opened();
  const bring = points.get(point)![method];
  bring({ name: 'one' });
  expect(() => bring({ name: 'one' })).toThrow(expected);
});

it('judges nothing without a policy engine', async () => {
  await expect(opened().brought.policy.judge({} as never)).rejects.toThrow(
    /has no policy engine/,
  );
});
