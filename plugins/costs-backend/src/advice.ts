import type {
  AuditorService,
  AuthService,
  DiscoveryService,
  LoggerService,
  PermissionsService,
  SchedulerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  costsRecommendationManagePermission,
  costsRecommendationUpdatePermission,
  costsUnitManagePermission,
  costsUnitUpdatePermission,
} from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import type { GroupTree } from './allocation/GroupTree';
import { Ownership } from './allocation/Ownership';
import type { Sight } from './allocation/Sight';
import { Audit } from './audit/Audit';
import { today } from './forecast/outlook';
import { SeriesStore } from './forecast/SeriesStore';
import { AuditedRecommendations } from './insights/recommendations/AuditedRecommendations';
import { AuthorizedRecommendations } from './insights/recommendations/AuthorizedRecommendations';
import { DefaultRecommendationsService } from './insights/recommendations/DefaultRecommendationsService';
import { LineStore } from './insights/recommendations/LineStore';
import { InfrastructureResources } from './insights/recommendations/ManagedResources';
import { RecommendationFinder } from './insights/recommendations/RecommendationFinder';
import { RecommendationStore } from './insights/recommendations/RecommendationStore';
import type { TotalsStore } from './insights/TotalsStore';
import { AuditedUnits } from './insights/units/AuditedUnits';
import { AuthorizedUnits } from './insights/units/AuthorizedUnits';
import { DefaultUnitsService } from './insights/units/DefaultUnitsService';
import { DoraDeployments } from './insights/units/Deployments';
import { UnitStore } from './insights/units/UnitStore';

/** Wires what needs other plugins, and has it work: what could cost less, and what one of something costs. */
export async function createAdvice(parts: {
  auditor: AuditorService;
  auth: AuthService;
  discovery: DiscoveryService;
  groups: GroupTree;
  knex: Knex;
  /** Money that a saving must be about in 30 days, at least. */
  least: number;
  logger: LoggerService;
  permissions: PermissionsService;
  scheduler: SchedulerService;
  sight: Sight;
  totals: TotalsStore;
  userInfo: UserInfoService;
}) {
  const { groups, knex, logger, sight } = parts;
  const audit = new Audit(parts.auditor);
  const series = new SeriesStore(knex);
  const store = new RecommendationStore(knex);
  const finder = new RecommendationFinder({
    lines: new LineStore(knex),
    series,
    store,
    resources: new InfrastructureResources(parts),
    least: parts.least,
    logger,
  });
  await parts.scheduler.scheduleTask({
    id: 'costs-recommendations',
    frequency: { minutes: 15 },
    initialDelay: { minutes: 1 },
    timeout: { minutes: 30 },
    scope: 'global',
    fn: () => finder.look(today(Date.now())),
  });
  return {
    recommendations: new AuditedRecommendations(
      new AuthorizedRecommendations({
        recommendations: new DefaultRecommendationsService(store),
        sight,
        ownership: new Ownership({
          ...parts,
          update: costsRecommendationUpdatePermission,
          manage: costsRecommendationManagePermission,
          purpose: 'judge recommendations',
        }),
      }),
      audit,
    ),
    units: new AuditedUnits(
      new AuthorizedUnits({
        units: new DefaultUnitsService({
          totals: parts.totals,
          series,
          units: new UnitStore(knex),
          groups,
          deployments: new DoraDeployments(parts),
          logger,
        }),
        sight,
        groups,
        ownership: new Ownership({
          ...parts,
          update: costsUnitUpdatePermission,
          manage: costsUnitManagePermission,
          purpose: 'hand in metrics',
        }),
      }),
      audit,
    ),
  };
}
