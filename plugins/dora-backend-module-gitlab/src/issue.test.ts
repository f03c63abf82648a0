import { deliveryOf, sourceAddedBy } from '@waymark/plugin-dora-node/testUtils';
import doraModuleGitlab from '.';
import issue from './__fixtures__/issue.json';

it('incidents end when they lose the label, and begin again when they get it back', async () => {
  const source = await sourceAddedBy(doraModuleGitlab);
  const incident = [{ title: 'incident' }];
  const updatedAt = '2026-03-01T09:30:00.000Z';
  const relabelled = (labels: object[], previous: object[]) =>
    source.read(
      deliveryOf({
        ...issue,
        object_attributes: {
          ...issue.object_attributes,
          labels,
          type: 'Issue',
          closed_at: null,
          updated_at: updatedAt,
        },
        changes: { labels: { previous, current: labels } },
      }),
    );
  expect(relabelled([], incident)).toMatchObject({
    facts: [{ isChangeRelated: false, resolvedAt: updatedAt }],
  });
  expect(relabelled(incident, [])).toMatchObject({
    facts: [{ isChangeRelated: true, resolvedAt: null }],
  });
  expect(relabelled([], []).kind).toBe('ignored');
});
