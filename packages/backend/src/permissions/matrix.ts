import type { Role } from './roles';

/**
 * What a rule grants:
 * - `all`: everything the permission covers
 * - `owned`: only what one of the person's groups owns
 * - `own`: only what the person created
 * - `listed`: only the scaffolder actions that the configuration lists
 * - `none`: nothing
 */
export type Grant = 'all' | 'owned' | 'own' | 'listed' | 'none';

type Row = Record<Role, Grant>;

const everybody: Row = {
  viewer: 'all',
  developer: 'all',
  'team-lead': 'all',
  'platform-engineer': 'all',
};

const builders: Row = { ...everybody, viewer: 'none' };

const platformOnly: Row = {
  viewer: 'none',
  developer: 'none',
  'team-lead': 'none',
  'platform-engineer': 'all',
};

const leads: Row = {
  viewer: 'none',
  developer: 'none',
  'team-lead': 'all',
  'platform-engineer': 'all',
};

const owners: Row = {
  viewer: 'none',
  developer: 'owned',
  'team-lead': 'owned',
  'platform-engineer': 'all',
};

const creators: Row = {
  viewer: 'none',
  developer: 'own',
  'team-lead': 'own',
  'platform-engineer': 'all',
};

/**
 * Every permission the portal knows, and what each role may do with it. A
 * permission that is missing here is denied to everybody; a test names it.
 * The page docs/reference/permissions.md shows the same.
 */
export const matrix: Record<string, Row> = {
  'catalog.entity.read': everybody,
  'catalog.entity.validate': builders,
  'catalog.entity.create': builders,
  'catalog.entity.refresh': owners,
  'catalog.entity.delete': owners,
  'catalog.location.read': builders,
  'catalog.location.create': builders,
  'catalog.location.analyze': builders,
  // The permission knows no owner; ownedLocations.ts adds that one owns what the location brought.
  'catalog.location.delete': builders,
  'catalog.ingestion.read': platformOnly,
  'catalog.ingestion.manage': platformOnly,
  'catalog.entities.unprocessed.read': builders,
  'catalog.entities.unprocessed.delete': platformOnly,

  'scaffolder.template.parameter.read': everybody,
  'scaffolder.template.step.read': builders,
  // A dry run executes whatever template it is handed.
  'scaffolder.template.dry-run': platformOnly,
  'scaffolder.template.management': platformOnly,
  'scaffolder.action.execute': {
    viewer: 'none',
    developer: 'listed',
    'team-lead': 'listed',
    'platform-engineer': 'all',
  },
  'scaffolder.task.create': builders,
  'scaffolder.task.read': creators,
  'scaffolder.task.cancel': creators,

  'waymark.scheduler.operate': platformOnly,

  'repositories.repository.read': everybody,

  'golden-paths.name.read': builders,
  'golden-paths.preview.create': builders,
  'golden-paths.fleet.read': everybody,
  // The service adds that one of their own groups owns the component.
  'golden-paths.upgrade.create': builders,
  'golden-paths.campaign.manage': platformOnly,
  // The service adds that one of their own groups owns it, and that nobody decides on their own.
  'golden-paths.exception.create': builders,
  'golden-paths.exception.decide': platformOnly,

  'dora.metrics.read': everybody,
  'dora.facts.create': platformOnly,
  // The service adds that the component is one of their teams'.
  'dora.correction.create': builders,
  // The service adds that the group is theirs, or below theirs.
  'dora.goal.update': leads,
  'dora.goal.manage': platformOnly,
  'dora.inbox.manage': platformOnly,

  // The service shows what is allocated to their own groups.
  'costs.read': everybody,
  'costs.organisation.read': leads,
  'costs.import.create': platformOnly,
  'costs.rules.update': platformOnly,
  'costs.rates.update': platformOnly,
  // The service shows those of what they see the costs of.
  'costs.budget.read': everybody,
  // The service adds that the owner is one of their groups, or below one.
  'costs.budget.update': leads,
  'costs.budget.manage': platformOnly,
  // The service adds that the owner is one of their groups, or below one.
  'costs.anomaly.update': builders,
  'costs.anomaly.manage': platformOnly,
  // The service adds that the owner is one of their groups, or below one.
  'costs.recommendation.update': builders,
  'costs.recommendation.manage': platformOnly,
  // The service adds that the owner is one of their groups, or below one.
  'costs.unit.update': builders,
  'costs.unit.manage': platformOnly,

  'infrastructure.read': everybody,
  // The service adds that the resource is their own groups'.
  'infrastructure.request.create': builders,
  'infrastructure.request.manage': platformOnly,
  // The service adds that the decision on the request names them.
  'infrastructure.request.decide': {
    viewer: 'none',
    developer: 'none',
    'team-lead': 'all',
    'platform-engineer': 'all',
  },
  // The service adds that one of their own groups owns the resource.
  'infrastructure.secret.reveal': builders,
  'infrastructure.audit.read': platformOnly,
  // The service adds that what it is for is their own groups'.
  'infrastructure.exception.create': builders,
  // The service adds that they are of the platform team, and did not ask for it.
  'infrastructure.exception.decide': platformOnly,
  'infrastructure.resource.import': platformOnly,
};
