import type { BackendFeature } from '@backstage/backend-plugin-api';
import { portalDatabaseFactory } from './database/services';
import { portalHealthFactory } from './health/services';
import { portalRootHttpRouterFactory } from './http/rootHttpRouter';
import { allowedUrlReader } from './locations/allowedUrlReader';
import { permissionsServiceFactory } from './permissions/permissionsServiceFactory';
import { schedulerServiceFactory } from './scheduler/schedulerServiceFactory';
import { portalRootConfigFactory } from './settings/rootConfig';
import { portalRootLoggerFactory } from './settings/rootLogger';

type LoadedFeature = BackendFeature | Promise<{ default: BackendFeature }>;

/** Everything the portal is made of, in the order of the rooms people know. */
export function portalFeatures(): LoadedFeature[] {
  return [
    // What every plugin stands on
    portalRootConfigFactory,
    portalRootLoggerFactory,
    portalDatabaseFactory,
    portalHealthFactory,
    portalRootHttpRouterFactory,
    schedulerServiceFactory,
    permissionsServiceFactory,
    allowedUrlReader,

    // The built frontend
    import('@backstage/plugin-app-backend'),
    import('./settings/frontendSchema'),

    // Who is there, and what they may do
    import('@backstage/plugin-auth-backend'),
    import('./signIn/module'),
    import('@backstage/plugin-auth-backend-module-github-provider'),
    import('@backstage/plugin-permission-backend'),
    import('./permissions/module'),

    // The catalog and where it comes from
    import('@backstage/plugin-catalog-backend'),
    import('./locations/module'),
    import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
    import('@backstage/plugin-catalog-backend-module-logs'),
    import('@backstage/plugin-catalog-backend-module-unprocessed'),
    import('@backstage/plugin-catalog-backend-module-github'),
    import('@backstage/plugin-catalog-backend-module-github-org'),
    import('@backstage/plugin-catalog-backend-module-gitlab'),
    import('@backstage/plugin-catalog-backend-module-gitlab-org'),
    import('./catalog/module'),
    import('./catalog/errors/module'),
    import('./catalog/portal/module'),
    import('./catalog/sources/module'),

    // Golden paths
    import('@backstage/plugin-scaffolder-backend'),
    import('./scaffolder/module'),
    import('@backstage/plugin-scaffolder-backend-module-github'),
    import('@backstage/plugin-scaffolder-backend-module-gitlab'),
    import('@backstage/plugin-scaffolder-backend-module-notifications'),
    import('@waymark/plugin-scaffolder-backend-module-golden-paths'),
    import('@waymark/plugin-scaffolder-backend-module-jenkins'),
    import('@waymark/plugin-scaffolder-backend-module-repositories'),
    import('@waymark/plugin-scaffolder-backend-module-notices'),
    import('@waymark/plugin-repositories-backend'),
    import('@waymark/plugin-repositories-backend-module-github'),
    import('@waymark/plugin-repositories-backend-module-gitlab'),
    import('@waymark/plugin-golden-paths-backend'),

    // Delivery
    import('@waymark/plugin-dora-backend'),
    import('@waymark/plugin-dora-backend-module-argocd'),
    import('@waymark/plugin-dora-backend-module-cdevents'),
    import('@waymark/plugin-dora-backend-module-github'),
    import('@waymark/plugin-dora-backend-module-gitlab'),
    import('@waymark/plugin-dora-backend-module-jenkins'),
    import('@waymark/plugin-dora-backend-module-jira'),
    import('@waymark/plugin-dora-backend-module-opsgenie'),
    import('@waymark/plugin-dora-backend-module-pagerduty'),

    // Infrastructure
    import('@waymark/plugin-infrastructure-backend'),
    import('@waymark/plugin-catalog-backend-module-infrastructure'),
    import('@waymark/plugin-infrastructure-backend-module-costs'),
    import('@waymark/plugin-infrastructure-backend-module-gitops'),
    import('@waymark/plugin-infrastructure-backend-module-kubernetes'),
    import('@waymark/plugin-infrastructure-backend-module-opa'),
    import('@waymark/plugin-infrastructure-backend-module-postgres'),
    import('@waymark/plugin-infrastructure-backend-module-terraform'),
    import('@waymark/plugin-infrastructure-backend-module-vault'),

    // Costs
    import('@waymark/plugin-costs-backend'),
    import('@waymark/plugin-costs-backend-module-opencost'),

    // Docs and search
    import('@backstage/plugin-techdocs-backend'),
    import('./docs/module'),
    import('./docs/builderModule'),
    import('@backstage/plugin-search-backend'),
    import('@backstage/plugin-search-backend-module-pg'),
    import('@backstage/plugin-search-backend-module-catalog'),
    import('@backstage/plugin-search-backend-module-techdocs'),

    // What concerns one person
    import('@backstage/plugin-user-settings-backend'),
    import('@backstage/plugin-notifications-backend'),
    import('@backstage/plugin-signals-backend'),

    // How programs and other systems reach the portal
    import('@backstage/plugin-events-backend'),
    import('@backstage/plugin-events-backend-module-github'),
    import('@backstage/plugin-events-backend-module-gitlab'),
    import('@backstage/plugin-mcp-actions-backend'),
  ];
}
