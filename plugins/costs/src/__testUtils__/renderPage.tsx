import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { Address, FakeSignals } from '@waymark/plugin-parts-react/testUtils';
import type { JSX } from 'react';
import { costsApiRef, type CostsApi } from '../api/CostsApi';
import {
  budgetsRouteRef,
  explorerRouteRef,
  importsRouteRef,
  overviewRouteRef,
  ratesRouteRef,
  recommendationsRouteRef,
  rulesRouteRef,
} from '../routes';
import { fakeCostsApi } from './fakes';

/** Renders a page in the portal as a test wants it to be. */
export function renderPage(
  page: JSX.Element,
  options: {
    costs?: Partial<CostsApi>;
    address?: string;
    /** Whether the person may do what asks for permission. */
    allowed?: boolean;
  } = {},
): ReturnType<typeof renderInTestApp> & { signals: FakeSignals } {
  const { costs, address = '/', allowed = true } = options;
  const signals = new FakeSignals();
  const rendered = renderInTestApp(
    <>
      {page}
      <Address />
    </>,
    {
      initialRouteEntries: [address],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/costs/overview': overviewRouteRef,
        '/costs/budgets': budgetsRouteRef,
        '/costs/explorer': explorerRouteRef,
        '/costs/imports': importsRouteRef,
        '/costs/recommendations': recommendationsRouteRef,
        '/costs/rules': rulesRouteRef,
        '/costs/rates': ratesRouteRef,
      },
      apis: [
        [costsApiRef, fakeCostsApi(costs)],
        [signalApiRef, signals],
        [catalogApiRef, catalogApiMock()],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          }),
        ],
      ],
    },
  );
  return { ...rendered, signals };
}
