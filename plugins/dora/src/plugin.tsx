import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import type { ComponentRenderer } from '@backstage/plugin-home-react';
import { RiInboxUnarchiveLine, RiTruckLine } from '@remixicon/react';
import { pageOfParts } from '@waymark/plugin-parts-react';
import { doraApiRef } from './api/DoraApi';
import { DoraHttpApi } from './api/DoraHttpApi';
import {
  deploymentRouteRef,
  deploymentsRouteRef,
  incidentsRouteRef,
  intakeRouteRef,
  metricsRouteRef,
  rootRouteRef,
} from './routes';

const measured = { kind: { $in: ['component', 'system', 'domain', 'group'] } };

const doraApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: doraApiRef,
      deps: { discovery: discoveryApiRef, fetch: fetchApiRef },
      factory: deps => DoraHttpApi.create(deps),
    }),
});

const page = pageOfParts({
  path: '/dora',
  title: 'Delivery',
  icon: <RiTruckLine />,
  routeRef: rootRouteRef,
});

const metrics = SubPageBlueprint.make({
  name: 'metrics',
  params: {
    path: 'metrics',
    title: 'Metrics',
    routeRef: metricsRouteRef,
    loader: () =>
      import('./overview/MetricsPage').then(module => <module.MetricsPage />),
  },
});

const deployments = SubPageBlueprint.make({
  name: 'deployments',
  params: {
    path: 'deployments',
    title: 'Deployments',
    routeRef: deploymentsRouteRef,
    loader: () =>
      import('./deployments/DeploymentsRoutes').then(module => (
        <module.DeploymentsRoutes />
      )),
  },
});

const incidents = SubPageBlueprint.make({
  name: 'incidents',
  params: {
    path: 'incidents',
    title: 'Incidents',
    routeRef: incidentsRouteRef,
    loader: () =>
      import('./incidents/IncidentsPage').then(module => (
        <module.IncidentsPage />
      )),
  },
});

const corrections = SubPageBlueprint.make({
  name: 'corrections',
  params: {
    path: 'corrections',
    title: 'Corrections',
    loader: () =>
      import('./corrections/CorrectionsPage').then(module => (
        <module.CorrectionsPage />
      )),
  },
});

const intake = PageBlueprint.make({
  name: 'intake',
  params: {
    path: '/dora-intake',
    title: 'Delivery intake',
    icon: <RiInboxUnarchiveLine />,
    routeRef: intakeRouteRef,
    loader: () =>
      import('./intake/IntakePage').then(module => <module.IntakePage />),
  },
});

const entityTab = EntityContentBlueprint.make({
  name: 'delivery',
  params: {
    path: '/delivery',
    title: 'Delivery',
    filter: measured,
    loader: () =>
      import('./overview/DeliveryTab').then(module => <module.DeliveryTab />),
  },
});

const entityCard = EntityCardBlueprint.make({
  name: 'delivery',
  params: {
    type: 'content',
    filter: measured,
    loader: () =>
      import('./cards/EntityDeliveryCard').then(module => (
        <module.EntityDeliveryCard />
      )),
  },
});

// The home page frames its parts itself.
const bare: ComponentRenderer['Renderer'] = ({ Content }) => <Content />;

const homeCard = HomePageWidgetBlueprint.make({
  name: 'my-teams-delivery',
  params: {
    title: "My teams' delivery",
    description: 'The five DORA metrics of the teams one is a member of',
    components: () =>
      import('./cards/MyTeamsDelivery').then(module => ({
        Content: module.MyTeamsDelivery,
        Renderer: bare,
      })),
  },
});

/** Pages, an entity tab and cards for the five DORA metrics. */
export default createFrontendPlugin({
  pluginId: 'dora',
  title: 'Delivery',
  icon: <RiTruckLine />,
  routes: {
    root: rootRouteRef,
    metrics: metricsRouteRef,
    deployments: deploymentsRouteRef,
    deployment: deploymentRouteRef,
    incidents: incidentsRouteRef,
    intake: intakeRouteRef,
  },
  extensions: [
    doraApi,
    page,
    metrics,
    deployments,
    incidents,
    corrections,
    intake,
    entityTab,
    entityCard,
    homeCard,
  ],
});
