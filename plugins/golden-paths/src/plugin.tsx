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
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { RiRoadMapLine } from '@remixicon/react';
import { fleetApiRef } from './api/FleetApi';
import { FleetHttpApi } from './api/FleetHttpApi';
import { goldenPathsApiRef } from './api/GoldenPathsApi';
import { GoldenPathsHttpApi } from './api/GoldenPathsHttpApi';
import {
  campaignsRouteRef,
  exceptionsRouteRef,
  fleetRouteRef,
  rootRouteRef,
  servicesRouteRef,
} from './routes';

const goldenPathsApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: goldenPathsApiRef,
      deps: { discovery: discoveryApiRef, fetch: fetchApiRef },
      factory: deps => GoldenPathsHttpApi.create(deps),
    }),
});

const serviceName = FormFieldBlueprint.make({
  name: 'service-name',
  params: {
    field: () => import('./serviceName').then(m => m.serviceNameField),
  },
});

const entityPicker = FormFieldBlueprint.make({
  name: 'entity-picker',
  params: {
    field: () => import('./entityPicker').then(m => m.entityPickerField),
  },
});

const templatePreview = FormFieldBlueprint.make({
  name: 'template-preview',
  params: {
    field: () => import('./templatePreview').then(m => m.templatePreviewField),
  },
});

const fleetApi = ApiBlueprint.make({
  name: 'fleet',
  params: defineParams =>
    defineParams({
      api: fleetApiRef,
      deps: { discovery: discoveryApiRef, fetch: fetchApiRef },
      factory: deps => FleetHttpApi.create(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/golden-paths',
    title: 'Golden paths',
    icon: <RiRoadMapLine />,
    routeRef: rootRouteRef,
  },
});

const fleet = SubPageBlueprint.make({
  name: 'fleet',
  params: {
    path: 'fleet',
    title: 'Fleet',
    routeRef: fleetRouteRef,
    loader: () =>
      import('./fleet/FleetPage').then(module => <module.FleetPage />),
  },
});

const services = SubPageBlueprint.make({
  name: 'services',
  params: {
    path: 'services',
    title: 'Services',
    routeRef: servicesRouteRef,
    loader: () =>
      import('./services/ServicesPage').then(module => <module.ServicesPage />),
  },
});

const campaigns = SubPageBlueprint.make({
  name: 'campaigns',
  params: {
    path: 'campaigns',
    title: 'Campaigns',
    routeRef: campaignsRouteRef,
    loader: () =>
      import('./campaigns/CampaignsRoutes').then(module => (
        <module.CampaignsRoutes />
      )),
  },
});

const exceptions = SubPageBlueprint.make({
  name: 'exceptions',
  params: {
    path: 'exceptions',
    title: 'Exceptions',
    routeRef: exceptionsRouteRef,
    loader: () =>
      import('./exceptions/ExceptionsRoutes').then(module => (
        <module.ExceptionsRoutes />
      )),
  },
});

const entityTab = EntityContentBlueprint.make({
  name: 'golden-path',
  params: {
    path: '/golden-path',
    title: 'Golden path',
    filter: {
      $all: [
        { kind: 'component' },
        {
          $any: [
            { 'metadata.annotations.waymark.io/template': { $exists: true } },
            { 'spec.type': 'service' },
          ],
        },
      ],
    },
    loader: () =>
      import('./upgrade/EntityGoldenPathTab').then(module => (
        <module.EntityGoldenPathTab />
      )),
  },
});

const versionsCard = EntityCardBlueprint.make({
  name: 'versions',
  params: {
    type: 'content',
    filter: { kind: 'template' },
    loader: () =>
      import('./template/TemplateVersionsCard').then(module => (
        <module.TemplateVersionsCard />
      )),
  },
});

/** Fields for the forms of templates, and pages on what was made of them. */
export default createFrontendPlugin({
  pluginId: 'golden-paths',
  routes: {
    root: rootRouteRef,
    fleet: fleetRouteRef,
    services: servicesRouteRef,
    campaigns: campaignsRouteRef,
    exceptions: exceptionsRouteRef,
  },
  extensions: [
    goldenPathsApi,
    fleetApi,
    page,
    fleet,
    services,
    campaigns,
    exceptions,
    entityTab,
    versionsCard,
    serviceName,
    entityPicker,
    templatePreview,
  ],
});
