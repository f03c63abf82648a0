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
import { RiStackLine } from '@remixicon/react';
import { infrastructureApiRef } from './api/InfrastructureApi';
import { InfrastructureHttpApi } from './api/InfrastructureHttpApi';
import { billApiRef } from './bill/BillApi';
import { BillHttpApi } from './bill/BillHttpApi';
import { guardrailsApiRef } from './api/GuardrailsApi';
import { GuardrailsHttpApi } from './api/GuardrailsHttpApi';
import { resourceAnnotation } from '@waymark/plugin-infrastructure-common';
import {
  complianceRouteRef,
  exceptionRouteRef,
  exceptionsRouteRef,
  formRouteRef,
  judgementRouteRef,
  offeringRouteRef,
  offeringsRouteRef,
  requestRouteRef,
  requestsRouteRef,
  resourceRouteRef,
  resourcesRouteRef,
  rootRouteRef,
  standInsRouteRef,
} from './routes';

const provisioned = {
  kind: 'resource',
  [`metadata.annotations.${resourceAnnotation}`]: { $exists: true },
};

const infrastructureApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: infrastructureApiRef,
      deps: { discovery: discoveryApiRef, fetch: fetchApiRef },
      factory: deps => InfrastructureHttpApi.create(deps),
    }),
});

const guardrailsApi = ApiBlueprint.make({
  name: 'guardrails',
  params: defineParams =>
    defineParams({
      api: guardrailsApiRef,
      deps: { discovery: discoveryApiRef, fetch: fetchApiRef },
      factory: deps => GuardrailsHttpApi.create(deps),
    }),
});

const billApi = ApiBlueprint.make({
  name: 'bill',
  params: defineParams =>
    defineParams({
      api: billApiRef,
      deps: { discovery: discoveryApiRef, fetch: fetchApiRef },
      factory: deps => BillHttpApi.create(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/infrastructure',
    title: 'Infrastructure',
    icon: <RiStackLine />,
    routeRef: rootRouteRef,
  },
});

const offerings = SubPageBlueprint.make({
  name: 'offerings',
  params: {
    path: 'offerings',
    title: 'Offerings',
    routeRef: offeringsRouteRef,
    loader: () =>
      import('./offerings/OfferingsRoutes').then(module => (
        <module.OfferingsRoutes />
      )),
  },
});

const requests = SubPageBlueprint.make({
  name: 'requests',
  params: {
    path: 'requests',
    title: 'Requests',
    routeRef: requestsRouteRef,
    loader: () =>
      import('./requests/RequestsRoutes').then(module => (
        <module.RequestsRoutes />
      )),
  },
});

const resources = SubPageBlueprint.make({
  name: 'resources',
  params: {
    path: 'resources',
    title: 'Resources',
    routeRef: resourcesRouteRef,
    loader: () =>
      import('./resources/ResourcesRoutes').then(module => (
        <module.ResourcesRoutes />
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

const compliance = SubPageBlueprint.make({
  name: 'compliance',
  params: {
    path: 'compliance',
    title: 'Compliance',
    routeRef: complianceRouteRef,
    loader: () =>
      import('./compliance/ComplianceRoutes').then(module => (
        <module.ComplianceRoutes />
      )),
  },
});

const orphans = SubPageBlueprint.make({
  name: 'orphans',
  params: {
    path: 'orphans',
    title: 'Orphans',
    loader: () =>
      import('./orphans/OrphansPage').then(module => <module.OrphansPage />),
  },
});

const audit = SubPageBlueprint.make({
  name: 'audit',
  params: {
    path: 'audit',
    title: 'Audit',
    loader: () =>
      import('./audit/AuditPage').then(module => <module.AuditPage />),
  },
});

const resourceTab = EntityContentBlueprint.make({
  name: 'resource',
  params: {
    path: '/infrastructure',
    title: 'Infrastructure',
    filter: provisioned,
    loader: () =>
      import('./cards/EntityResourceTab').then(module => (
        <module.EntityResourceTab />
      )),
  },
});

const resourceCard = EntityCardBlueprint.make({
  name: 'resource',
  params: {
    type: 'content',
    filter: provisioned,
    loader: () =>
      import('./cards/EntityResourceCard').then(module => (
        <module.EntityResourceCard />
      )),
  },
});

const componentCard = EntityCardBlueprint.make({
  name: 'component',
  params: {
    type: 'content',
    filter: { kind: 'component' },
    loader: () =>
      import('./cards/ComponentCard').then(module => <module.ComponentCard />),
  },
});

// The home page frames its parts itself.
const bare: ComponentRenderer['Renderer'] = ({ Content }) => <Content />;

const homeCard = HomePageWidgetBlueprint.make({
  name: 'my-approvals',
  params: {
    title: 'Waits for my approval',
    description: 'Requests for infrastructure that one has to decide',
    components: () =>
      import('./cards/MyApprovals').then(module => ({
        Content: module.MyApprovals,
        Renderer: bare,
      })),
  },
});

/** Pages, an entity tab and cards for infrastructure that is asked for. */
export default createFrontendPlugin({
  pluginId: 'infrastructure',
  title: 'Infrastructure',
  icon: <RiStackLine />,
  routes: {
    root: rootRouteRef,
    offerings: offeringsRouteRef,
    offering: offeringRouteRef,
    form: formRouteRef,
    requests: requestsRouteRef,
    request: requestRouteRef,
    resources: resourcesRouteRef,
    resource: resourceRouteRef,
    exceptions: exceptionsRouteRef,
    exception: exceptionRouteRef,
    compliance: complianceRouteRef,
    judgement: judgementRouteRef,
    standIns: standInsRouteRef,
  },
  extensions: [
    infrastructureApi,
    guardrailsApi,
    billApi,
    page,
    offerings,
    requests,
    resources,
    exceptions,
    compliance,
    orphans,
    audit,
    resourceTab,
    resourceCard,
    componentCard,
    homeCard,
  ],
});
