import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { Address, FakeSignals } from '@waymark/plugin-parts-react/testUtils';
import type { JSX } from 'react';
import { guardrailsApiRef, type GuardrailsApi } from '../api/GuardrailsApi';
import {
  infrastructureApiRef,
  type InfrastructureApi,
} from '../api/InfrastructureApi';
import { billApiRef, type BillApi } from '../bill/BillApi';
import {
  complianceRouteRef,
  exceptionsRouteRef,
  offeringsRouteRef,
  requestsRouteRef,
  resourcesRouteRef,
} from '../routes';
import { fakeGuardrailsApi, fakeInfrastructureApi } from './fakes';

/** Bills that say nothing. */
const unbilled: BillApi['used'] = async ({ from, to }) => ({
  from,
  to,
  measure: 'EffectiveCost',
  groupBy: 'entity',
  totals: [],
  items: [],
  others: [],
});

/** Renders a page in the portal as a test wants it to be. */
export function renderPage(
  page: JSX.Element,
  options: {
    infrastructure?: Partial<InfrastructureApi>;
    guardrails?: Partial<GuardrailsApi>;
    bill?: BillApi['used'];
    entities?: Entity[];
    address?: string;
    mountPath?: string;
  } = {},
): ReturnType<typeof renderInTestApp> & { signals: FakeSignals } {
  const { infrastructure, guardrails, entities } = options;
  const { address = '/', mountPath } = options;
  const signals = new FakeSignals();
  const rendered = renderInTestApp(
    <>
      {page}
      <Address />
    </>,
    {
      mountPath,
      initialRouteEntries: [address],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/infrastructure/offerings': offeringsRouteRef,
        '/infrastructure/requests': requestsRouteRef,
        '/infrastructure/resources': resourcesRouteRef,
        '/infrastructure/exceptions': exceptionsRouteRef,
        '/infrastructure/compliance': complianceRouteRef,
      },
      apis: [
        [infrastructureApiRef, fakeInfrastructureApi(infrastructure)],
        [guardrailsApiRef, fakeGuardrailsApi(guardrails)],
        [billApiRef, { used: options.bill ?? unbilled }],
        [signalApiRef, signals],
        [catalogApiRef, catalogApiMock({ entities })],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/amara',
            ownershipEntityRefs: ['user:default/amara', 'group:default/ledger'],
          }),
        ],
        [
          permissionApiRef,
          mockApis.permission({ authorize: AuthorizeResult.ALLOW }),
        ],
      ],
    },
  );
  return { ...rendered, signals };
}
