import { deploymentName } from './deploymentName';

const sha = '1a2b3c4d5e6f7a8b';

it.each([
  [{ title: 'Release 7', ref: 'v1.0.0', sha }, 'Release 7'],
  [{ ref: 'v1.4.0', sha }, 'v1.4.0'],
  [{ ref: 'main', sha }, 'main @ 1a2b3c4d'],
  [{ ref: 'main' }, 'main'],
  [{ title: null, ref: null, sha }, '1a2b3c4d'],
  [{ id: '42' }, 'Deployment 42'],
  [{}, 'Deployment'],
])('calls %j %s', (deployment, name) => {
  expect(deploymentName(deployment)).toBe(name);
});
