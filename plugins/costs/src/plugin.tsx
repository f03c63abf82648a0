import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  identityApiRef,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import type { ComponentRenderer } from '@backstage/plugin-home-react';
import { RiCoinsLine } from '@remixicon/react';
import { pageOfParts } from '@waymark/plugin-parts-react';
import { costsApiRef } from './api/CostsApi';
import { CostsHttpApi } from './api/CostsHttpApi';
import {
  anomaliesRouteRef,
  budgetsRouteRef,
  explorerRouteRef,
  importsRouteRef,
  observabilityRouteRef,
  overviewRouteRef,
  ratesRouteRef,
  recommendationsRouteRef,
  rootRouteRef,
  rulesRouteRef,
} from './routes';

const billed = {
  kind: { $in: ['component', 'resource', 'system', 'domain', 'group'] },
};

const costsApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: costsApiRef,
      deps: {
        discovery: discoveryApiRef,
        fetch: fetchApiRef,
        identity: identityApiRef,
      },
      factory: deps => CostsHttpApi.create(deps),
    }),
});

const page = pageOfParts({
  path: '/costs',
  title: 'Costs',
  icon: <RiCoinsLine />,
  routeRef: rootRouteRef,
});

const overview = SubPageBlueprint.make({
  name: 'overview',
  params: {
    path: 'overview',
    title: 'Overview',
    routeRef: overviewRouteRef,
    loader: () =>
      import('./overview/OverviewPage').then(module => <module.OverviewPage />),
  },
});

const explorer = SubPageBlueprint.make({
  name: 'explorer',
  params: {
    path: 'explorer',
    title: 'Explorer',
    routeRef: explorerRouteRef,
    loader: () =>
      import('./explorer/ExplorerPage').then(module => <module.ExplorerPage />),
  },
});

const rules = SubPageBlueprint.make({
  name: 'rules',
  params: {
    path: 'rules',
    title: 'Rules',
    routeRef: rulesRouteRef,
    loader: () =>
      import('./rules/RulesPage').then(module => <module.RulesPage />),
  },
});

const budgets = SubPageBlueprint.make({
  name: 'budgets',
  params: {
    path: 'budgets',
    title: 'Budgets',
    routeRef: budgetsRouteRef,
    loader: () =>
      import('./budgets/BudgetsPage').then(module => <module.BudgetsPage />),
  },
});

const anomalies = SubPageBlueprint.make({
  name: 'anomalies',
  params: {
    path: 'anomalies',
    title: 'Anomalies',
    routeRef: anomaliesRouteRef,
    loader: () =>
      import('./anomalies/AnomaliesPage').then(module => (
        <module.AnomaliesPage />
      )),
  },
});

const recommendations = SubPageBlueprint.make({
  name: 'recommendations',
  params: {
    path: 'recommendations',
    title: 'Recommendations',
    routeRef: recommendationsRouteRef,
    loader: () =>
      import('./recommendations/RecommendationsPage').then(module => (
        <module.RecommendationsPage />
      )),
  },
});

const imports = SubPageBlueprint.make({
  name: 'imports',
  params: {
    path: 'imports',
    title: 'Imports',
    routeRef: importsRouteRef,
    loader: () =>
      import('./imports/ImportsPage').then(module => <module.ImportsPage />),
  },
});

const observability = SubPageBlueprint.make({
  name: 'observability',
  params: {
    path: 'observability',
    title: 'Observability',
    routeRef: observabilityRouteRef,
    loader: () =>
      import('./observability/ObservabilityPage').then(module => (
        <module.ObservabilityPage />
      )),
  },
});

const rates = SubPageBlueprint.make({
  name: 'rates',
  params: {
    path: 'rates',
    title: 'Exchange rates',
    routeRef: ratesRouteRef,
    loader: () =>
      import('./rates/RatesPage').then(module => <module.RatesPage />),
  },
});

const entityTab = EntityContentBlueprint.make({
  name: 'costs',
  params: {
    path: '/costs',
    title: 'Costs',
    filter: billed,
    loader: () =>
      import('./overview/CostsTab').then(module => <module.CostsTab />),
  },
});

const entityCard = EntityCardBlueprint.make({
  name: 'costs',
  params: {
    type: 'content',
    filter: billed,
    loader: () =>
      import('./cards/EntityCostsCard').then(module => (
        <module.EntityCostsCard />
      )),
  },
});

// The home page frames its parts itself.
const bare: ComponentRenderer['Renderer'] = ({ Content }) => <Content />;

const homeCard = HomePageWidgetBlueprint.make({
  name: 'my-teams-costs',
  params: {
    title: "My teams' costs",
    description: 'What the teams one is a member of spend this month',
    components: () =>
      import('./cards/MyTeamsCosts').then(module => ({
        Content: module.MyTeamsCosts,
        Renderer: bare,
      })),
  },
});

/** Pages, an entity tab and cards for what everything costs. */
export default createFrontendPlugin({
  pluginId: 'costs',
  title: 'Costs',
  icon: <RiCoinsLine />,
  routes: {
    root: rootRouteRef,
    overview: overviewRouteRef,
    explorer: explorerRouteRef,
    rules: rulesRouteRef,
    budgets: budgetsRouteRef,
    anomalies: anomaliesRouteRef,
    recommendations: recommendationsRouteRef,
    imports: importsRouteRef,
    observability: observabilityRouteRef,
    rates: ratesRouteRef,
  },
  extensions: [
    costsApi,
    page,
    overview,
    explorer,
    rules,
    budgets,
    observability,
    anomalies,
    recommendations,
    imports,
    rates,
    entityTab,
    entityCard,
    homeCard,
  ],
});
