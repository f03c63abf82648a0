import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Approvers } from './Approvers';

const [amara, jonas, lena, priya] = ['amara', 'jonas', 'lena', 'priya'].map(
  name => `user:default/${name}`,
);

function group(name: string, members: string[], parent?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [] },
    relations: [
      ...members.map(targetRef => ({ type: 'hasMember', targetRef })),
      ...(parent
        ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
        : []),
    ],
  };
}

const approvers = new Approvers({
  auth: mockServices.auth(),
  catalog: catalogServiceMock({
    entities: [
      group('leads', [jonas, lena]),
      group('ledger', [amara, jonas], 'payments'),
      group('payments', [], 'shop'),
      group('shop', [lena]),
      group('platform', [priya]),
    ],
  }),
  settings: {
    leads: ['group:default/leads'],
    platformTeam: 'group:default/platform',
    budgetOwners: ['group:default/platform'],
  },
});
const leadsOf = (owner: string, requestedBy: string) =>
  approvers.among('ownerLead', {
    owner: `group:default/${owner}`,
    requestedBy,
  });

describe('those who may approve', () => {
  it('are the leads of the group, and nothing has to be said of it', async () => {
    expect(await leadsOf('ledger', amara)).toEqual({ people: [jonas] });
  });

  it('are those above it when its only lead asks', async () => {
    expect(await leadsOf('ledger', jonas)).toEqual({
      people: [lena],
      note: 'Nobody else leads group:default/ledger, so it is for those who lead group:default/shop.',
    });
  });

  it('are the platform team when nobody else leads any of them', async () => {
    expect(await leadsOf('shop', lena)).toEqual({
      people: [priya],
      note: 'Nobody else leads group:default/shop or a group above it, so it is for the platform team.',
    });
  });

  it.each([
    ['platformTeam', 'keeps the platform'],
    ['budgetOwner', 'answers for the budget'],
  ] as const)(
    'are nobody, and that is said, when there is no other %s',
    async (kind, doing) => {
      const asked = { owner: 'group:default/ledger', requestedBy: priya };
      expect(await approvers.among(kind, asked)).toEqual({
        people: [],
        note: `Nobody else in the catalog ${doing}. Who asks does not decide, nor does their stand-in, so it waits until somebody else is a member of group:default/platform.`,
      });
      expect(
        await approvers.among(kind, { ...asked, requestedBy: amara }),
      ).toEqual({ people: [priya] });
    },
  );

  it('are nobody when the one who keeps the platform asks for a group without leads', async () => {
    expect(await leadsOf('platform', priya)).toEqual({
      people: [],
      note: expect.stringMatching(
        /^Nobody else leads group:default\/platform .* so it waits until somebody else is a member of group:default\/platform\.$/,
      ),
    });
  });
});
