import { mockServices } from '@backstage/backend-test-utils';
import { readDeciders } from './config';

it.each([
  ['a list', ['Group:default/Developer-Platform', 'group:default/sre']],
  ['a text', 'Group:default/Developer-Platform, group:default/sre,'],
])(
  'reads who decides from %s, as the catalog spells references',
  (_, given) => {
    const config = mockServices.rootConfig({
      data: {
        waymark: { permission: { roles: { 'platform-engineer': given } } },
      },
    });
    expect(readDeciders(config)).toEqual([
      'group:default/developer-platform',
      'group:default/sre',
    ]);
  },
);

it('reads nobody where no role is given', () => {
  expect(readDeciders(mockServices.rootConfig())).toEqual([]);
});
