import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { parse } from 'yaml';
import {
  caller,
  FleetBench,
  releaseOf,
  template,
} from '../__testUtils__/FleetBench';
import { Ownership, upgradeRights } from '../fleet/Ownership';
import { AuthorizedAdoptions } from './AuthorizedAdoptions';

jest.setTimeout(120_000);

const bench = new FleetBench();
const entityRef = 'component:default/old-paper';
const rendered = (version: string, a: string) =>
  releaseOf(version, {
    'a.txt': a,
    'new.txt': 'new\n',
    'catalog-info.yaml': `kind: Component\nmetadata:\n  name: old-paper\n  annotations:\n    waymark.io/template: "paper"\n    waymark.io/template-version: "${version}"\n`,
  });

beforeEach(async () => {
  await bench.begin();
  await bench.publish(rendered('1.0.0', 'one\ntwo\nthree\n'));
  await bench.scaffold('old-paper');
  await bench.create('old-paper', {
    'a.txt': 'ONE\ntwo\nthree\n',
    'mine.txt': 'mine\n',
    'catalog-info.yaml':
      'kind: Component\nmetadata:\n  name: old-paper\nspec: {type: service, owner: ledger}\n',
  });
});

/** What the catalog reads of the default branch. */
async function readAgain(): Promise<void> {
  const { metadata } = parse(
    await bench.git('old-paper', 'show', 'main:catalog-info.yaml'),
  );
  const [entity] = bench.entities;
  Object.assign(entity.metadata.annotations!, metadata.annotations);
  entity.metadata.etag = 'second';
}

it('brings an ordinary repository under a golden path, which then is counted and upgraded', async () => {
  const before = await bench.open();
  await before.reader.refresh();
  await expect(before.fleet.summary()).resolves.toMatchObject({
    repositories: 0,
    coverage: { services: 1, onGoldenPath: 0 },
  });
  const { adoptions } = before;
  const request = { entityRef, template };
  await expect(adoptions.preview(request, caller)).resolves.toMatchObject({
    differing: ['a.txt', 'catalog-info.yaml'],
  });
  await expect(
    bench.git('old-paper', 'for-each-ref', '--format=%(refname:short)'),
  ).resolves.toBe('main');
  const adopted = await adoptions.adopt(request, caller);
  expect(adopted).toMatchObject({
    repository: 'old-paper',
    branch: 'adopt/paper-1.0.0',
    version: '1.0.0',
  });
  await expect(adoptions.adopt(request, caller)).resolves.toEqual(adopted);

  const proposed = await before.upgrades.list({ entityRef });
  expect(proposed).toMatchObject({
    total: 1,
    items: [{ state: 'proposed', from: '', to: '1.0.0', conflicts: [] }],
  });
  await before.upgrades.merge(proposed.items[0].id, caller);
  await readAgain();
  const { reader, fleet, upgrades, worker } = await bench.open();
  await reader.refresh();
  await expect(fleet.summary()).resolves.toMatchObject({
    repositories: 1,
    current: 1,
    coverage: { services: 1, onGoldenPath: 1 },
  });
  await expect(fleet.find(entityRef)).resolves.toMatchObject({
    version: '1.0.0',
    drift: [
      { path: 'a.txt', kind: 'changed' },
      { path: 'catalog-info.yaml', kind: 'changed' },
    ],
  });

  await bench.publish(rendered('1.1.0', 'one\ntwo\nthree\nfour\n'));
  const { id } = await upgrades.request({ entityRef }, caller);
  await worker.work();
  await expect(upgrades.find(id)).resolves.toMatchObject({
    state: 'proposed',
    conflicts: [],
  });
  await upgrades.merge(id, caller);
  await expect(bench.git('old-paper', 'show', 'main:a.txt')).resolves.toBe(
    'ONE\ntwo\nthree\nfour',
  );
  await expect(fleet.find(entityRef)).resolves.toMatchObject({
    version: '1.1.0',
    support: { state: 'current' },
  });
  await expect(
    adoptions.adopt({ entityRef, template }, caller),
  ).rejects.toMatchObject({ name: 'ConflictError' });
});

it('keeps it once, also when asking people to merge it failed before', async () => {
  let fails = true;
  const { adoptions, upgrades } = await bench.open({
    around: local =>
      Object.assign(Object.create(local), {
        urlsFor: local.urlsFor.bind(local),
        open: local.open.bind(local),
        async propose() {
          if (fails) throw new Error('The host is away');
          return 'https://git.example/old-paper/1';
        },
      }),
  });
  const request = { entityRef, template };
  await expect(adoptions.adopt(request, caller)).rejects.toThrow('is away');
  await expect(upgrades.list({ entityRef })).resolves.toMatchObject({
    total: 0,
  });
  fails = false;
  await adoptions.adopt(request, caller);
  await adoptions.adopt(request, caller);
  const { items } = await upgrades.list({ entityRef });
  expect(items).toMatchObject([
    {
      state: 'proposed',
      proposalUrl: 'https://git.example/old-paper/1',
      commit: await bench.git('old-paper', 'rev-parse', 'adopt/paper-1.0.0'),
    },
  ]);
  await expect(upgrades.merge(items[0].id, caller)).resolves.toMatchObject({
    state: 'merged',
  });
});

it.each([
  [
    'what the catalog does not have',
    { entityRef: 'component:default/nothing', template },
    'has no entity component:default/nothing',
  ],
  [
    'a golden path that there is not',
    { entityRef, template: 'template:default/stone' },
    'no version of template:default/stone',
  ],
  [
    'an answer that nobody asked for',
    { entityRef, template, answers: { colour: 'red' } },
    'does not ask for: colour. It asks for: name',
  ],
])('refuses %s', async (_, request, message) => {
  const { adoptions } = await bench.open();
  await expect(adoptions.adopt(request, caller)).rejects.toThrow(message);
});

it.each([
  ['url:https://git.example/a/b/catalog-info.yaml', 'does not lie on the'],
  [
    'url:http://localhost:7007/api/repositories/old-paper/raw/other/catalog-info.yaml',
    'from another branch than the default one',
  ],
  [
    'url:http://localhost:7007/api/repositories/old-paper/raw/main/new-info.yaml',
    'new-info.yaml on the branch main does not describe',
  ],
])('refuses a component that lies at %s', async (location, message) => {
  bench.entities[0].metadata.annotations!['backstage.io/managed-by-location'] =
    location;
  const { adoptions } = await bench.open();
  await expect(
    adoptions.adopt({ entityRef, template }, caller),
  ).rejects.toThrow(message);
});

describe('who may', () => {
  const website: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'old-paper', namespace: 'default' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/ledger' }],
  };
  it.each([
    ['an owner', 'group:default/ledger', [], '1.0.0'],
    ['another team', 'group:default/other', [], 'NotAllowedError'],
    [
      'an owner without the permission',
      'group:default/ledger',
      ['golden-paths.upgrade.create'],
      'NotAllowedError',
    ],
  ])('%s', async (_, group, denied: string[], expected) => {
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result: [...denied, 'golden-paths.campaign.manage'].includes(
            permission.name,
          )
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
    });
    const { adoptions, services } = await bench.open();
    const authorized = new AuthorizedAdoptions({
      adoptions,
      permissions,
      ownership: new Ownership({
        rights: upgradeRights,
        store: services,
        // No service, so the catalog alone knows it.
        catalog: catalogServiceMock({ entities: [website] }),
        permissions,
        userInfo: mockServices.userInfo.mock({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/amara',
            ownershipEntityRefs: [group],
          }),
        }),
      }),
    });
    const outcome = await authorized
      .preview({ entityRef, template }, caller)
      .then(
        ({ version }) => version,
        error => error.name,
      );
    expect(outcome).toBe(expected);
  });
});
