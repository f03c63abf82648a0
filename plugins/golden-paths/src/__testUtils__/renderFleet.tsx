import type { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { waitFor, type RenderResult } from '@testing-library/react';
import type {
  Campaign,
  Exception,
  Member,
  Upgrade,
} from '@waymark/plugin-golden-paths-common';
import type { JSX } from 'react';
import { SWRConfig, type State } from 'swr';
import { fleetApiRef, type FleetApi } from '../api/FleetApi';
import {
  campaignsRouteRef,
  exceptionsRouteRef,
  servicesRouteRef,
} from '../routes';

const unasked = (): Promise<never> =>
  Promise.reject(new Error('nobody was to ask this'));

export const entityRef = 'component:default/blue-paper';

/** A repository that is one version behind. */
export const member: Member = {
  entityRef,
  title: 'Blue paper',
  owner: 'group:default/ledger',
  repository: 'blue-paper',
  template: 'template:default/paper',
  version: '1.0.0',
  latest: '1.1.0',
  support: { state: 'deprecated', until: '2027-05-29' },
  drift: [{ path: 'src/main.ts', kind: 'changed' }],
  files: 12,
  madeAt: '2026-11-28T10:00:00Z',
  firstDeployment: {
    state: 'deployed',
    at: '2026-11-28T12:00:00Z',
    environment: 'staging',
    seconds: 7200,
  },
  readAt: '2026-11-29T10:00:00Z',
  mayUpgrade: true,
};

export const upgrade: Upgrade = {
  id: '7d9f0c5e-0000-4000-8000-000000000001',
  entityRef,
  repository: 'blue-paper',
  template: 'template:default/paper',
  from: '1.0.0',
  to: '1.1.0',
  state: 'proposed',
  askedBy: 'user:default/amara',
  askedAt: '2026-11-29T10:00:00Z',
  branch: 'upgrade/paper-1.1.0',
  changes: [{ path: 'src/main.ts', kind: 'changed' }],
  conflicts: [],
};

export const campaign: Campaign = {
  id: '7d9f0c5e-0000-4000-8000-000000000002',
  title: 'Paper to 1.1.0',
  template: 'template:default/paper',
  to: '1.1.0',
  merge: 'never',
  state: 'running',
  startedBy: 'user:default/priya',
  startedAt: '2026-11-29T10:00:00Z',
  progress: {
    total: 50,
    waiting: 30,
    running: 1,
    proposed: 15,
    merged: 3,
    failed: 1,
    cancelled: 0,
    conflicts: 2,
  },
  leftOut: 0,
};

export const exception: Exception = {
  id: '7d9f0c5e-0000-4000-8000-000000000003',
  entityRef,
  title: 'Blue paper',
  owner: 'group:default/ledger',
  kind: 'version',
  reason: 'It is replaced in spring, and changed no more.',
  until: '2027-03-31',
  state: 'pending',
  askedBy: 'user:default/amara',
  askedAt: '2026-11-29T10:00:00Z',
};

/**
 * Renders a page over what a test says the portal answers.
 *
 * @returns besides what rendering gives, `permissionsKnown`, which settles when
 * the page was told what the person may do: only then does it mean something
 * that a button is absent
 */
export function renderFleet(
  page: JSX.Element,
  options: {
    fleet: Partial<FleetApi>;
    entities?: Entity[];
    isAllowed?: boolean;
    address?: string;
    mountPath?: string;
  },
): RenderResult & { permissionsKnown(): Promise<void> } {
  const { fleet, entities, isAllowed = true, address = '/' } = options;
  // Permissions are remembered by the module that asks; each test asks anew.
  const permissions = new Map<string, State<AuthorizeResult>>();
  const rendered = renderInTestApp(
    <SWRConfig value={{ provider: () => permissions }}>{page}</SWRConfig>,
    {
      mountPath: options.mountPath,
      initialRouteEntries: [address],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/golden-paths/services': servicesRouteRef,
        '/golden-paths/campaigns': campaignsRouteRef,
        '/golden-paths/exceptions': exceptionsRouteRef,
      },
      apis: [
        [
          fleetApiRef,
          {
            listTemplates: unasked,
            getSummary: unasked,
            listFleet: unasked,
            listServices: unasked,
            getMember: unasked,
            getDrift: unasked,
            previewUpgrade: unasked,
            listUpgrades: unasked,
            requestUpgrade: unasked,
            mergeUpgrade: unasked,
            listCampaigns: unasked,
            getCampaign: unasked,
            startCampaign: unasked,
            steerCampaign: unasked,
            listExceptions: unasked,
            getException: unasked,
            askException: unasked,
            decideException: unasked,
            endException: unasked,
            ...fleet,
          },
        ],
        [catalogApiRef, catalogApiMock({ entities })],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          }),
        ],
      ],
    },
  );
  const permissionsKnown = () =>
    waitFor(() => {
      const answers = [...permissions.values()].map(({ data }) => data);
      expect(answers).not.toHaveLength(0);
      expect(answers).not.toContain(undefined);
    });
  return { ...rendered, permissionsKnown };
}
