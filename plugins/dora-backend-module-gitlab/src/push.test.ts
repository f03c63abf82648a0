import { changesIn } from '@waymark/plugin-dora-node';
import { deliveryOf, sourceAddedBy } from '@waymark/plugin-dora-node/testUtils';
import doraModuleGitlab from '.';
import push from './__fixtures__/push.json';

it('the push of a squash does not tell when the work began', async () => {
  const source = await sourceAddedBy(doraModuleGitlab);
  const [first, second] = push.commits;
  const merge = {
    ...second,
    message: "Merge branch 'x'\n\nSee merge request mike/diaspora!42",
  };
  const pushOf = (commit: object) =>
    changesIn(source.read(deliveryOf({ ...push, commits: [commit, merge] })));
  const [squashed] = pushOf({ ...first, timestamp: merge.timestamp });
  expect(squashed).toMatchObject({ id: 'mr:42', mergeSha: merge.id });
  expect(squashed).not.toHaveProperty('firstCommitAt');
  expect(squashed).not.toHaveProperty('commits');
  const [merged] = pushOf(first);
  expect(merged).toHaveProperty('firstCommitAt');
});
