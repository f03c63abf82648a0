import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { Address, FakeSignals } from '@waymark/plugin-parts-react/testUtils';
import type { JSX } from 'react';
import { doraApiRef, type DoraApi } from '../api/DoraApi';
import {
  deploymentsRouteRef,
  incidentsRouteRef,
  metricsRouteRef,
} from '../routes';
import { fakeDoraApi } from './FakeDoraApi';

/** Renders a page in the portal as a test wants it to be. */
export function renderPage(
  page: JSX.Element,
  options: {
    dora?: Partial<DoraApi>;
    address?: string;
    mountPath?: string;
    /** Whether the person may do what asks for permission. */
    allowed?: boolean;
  } = {},
): ReturnType<typeof renderInTestApp> & { signals: FakeSignals } {
  const { dora, address = '/', mountPath, allowed = true } = options;
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
        '/dora/metrics': metricsRouteRef,
        '/dora/deployments': deploymentsRouteRef,
        '/dora/incidents': incidentsRouteRef,
      },
      apis: [
        [doraApiRef, fakeDoraApi(dora)],
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
