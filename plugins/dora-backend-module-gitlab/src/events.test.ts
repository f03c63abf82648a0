import { deliveryOf, sourceAddedBy } from '@waymark/plugin-dora-node/testUtils';
import doraModuleGitlab from '.';
import deployment from './__fixtures__/deployment.json';

it('understands what Backstage’s events service carries without headers', async () => {
  const source = await sourceAddedBy(doraModuleGitlab);
  expect(source.events?.topics).toContain(`gitlab.${deployment.object_kind}`);
  const headers = source.events?.headersOf('gitlab.deployment');
  expect(source.read(deliveryOf(deployment, headers))).toMatchObject({
    kind: 'facts',
  });
});
