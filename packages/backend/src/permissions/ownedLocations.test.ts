import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { GroupAncestry } from './GroupAncestry';
import { OwnedLocations } from './ownedLocations';

const target = 'https://git.example.com/catalog-info.yaml';

function component(name: string, owner: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: { [ANNOTATION_ORIGIN_LOCATION]: `url:${target}` },
    },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

function setUp(entities: Entity[], groups: string[]) {
  const catalog = catalogServiceMock({ entities });
  jest
    .spyOn(catalog, 'getLocationById')
    .mockImplementation(async id =>
      id === 'known'
        ? { id, type: 'url', target, entityRef: 'location:default/known' }
        : undefined,
    );
  const auth = mockServices.auth();
  return new OwnedLocations({
    auth,
    catalog,
    userInfo: mockServices.userInfo({ ownershipEntityRefs: groups }),
    ancestry: new GroupAncestry({ auth, catalog }),
    roleGroups: {
      developer: ['group:default/ledger'],
      'team-lead': [],
      'platform-engineer': ['group:default/platform'],
    },
  });
}

describe('OwnedLocations', () => {
  const credentials = mockCredentials.user();
  const mine = component('mine', 'group:default/ledger');
  const theirs = component('theirs', 'group:default/storefront');

  it('lets people unregister what their groups own', async () => {
    await expect(
      setUp([mine], ['group:default/ledger']).requireOwned(
        'known',
        credentials,
      ),
    ).resolves.toBeUndefined();
  });

  it('refuses a location that brought something of others, and names it', async () => {
    await expect(
      setUp([mine, theirs], ['group:default/ledger']).requireOwned(
        'known',
        credentials,
      ),
    ).rejects.toThrow('component:default/theirs');
  });

  it('lets platform engineers unregister anything', async () => {
    await expect(
      setUp([theirs], ['group:default/platform']).requireOwned(
        'known',
        credentials,
      ),
    ).resolves.toBeUndefined();
  });

  it('leaves an unknown location to the catalog', async () => {
    await expect(
      setUp([theirs], ['group:default/ledger']).requireOwned(
        'unknown',
        credentials,
      ),
    ).resolves.toBeUndefined();
  });
});
