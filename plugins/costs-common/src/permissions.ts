import { createPermission } from '@backstage/plugin-permission-common';

/** May read what their own groups spend. */
export const costsReadPermission = createPermission({
  name: 'costs.read',
  attributes: { action: 'read' },
});

/** May read what everybody spends, and which bills that comes from. */
export const costsOrganisationReadPermission = createPermission({
  name: 'costs.organisation.read',
  attributes: { action: 'read' },
});

/** May hand in bills, stop them, and take them back. */
export const costsImportCreatePermission = createPermission({
  name: 'costs.import.create',
  attributes: { action: 'create' },
});

/** May change to whom costs are allocated. */
export const costsRulesUpdatePermission = createPermission({
  name: 'costs.rules.update',
  attributes: { action: 'update' },
});

/** May say what currencies are in each other. */
export const costsRatesUpdatePermission = createPermission({
  name: 'costs.rates.update',
  attributes: { action: 'update' },
});

/** May read the budgets of what they see the costs of. */
export const costsBudgetReadPermission = createPermission({
  name: 'costs.budget.read',
  attributes: { action: 'read' },
});

/** May set budgets for what their own groups, and those below, own. */
export const costsBudgetUpdatePermission = createPermission({
  name: 'costs.budget.update',
  attributes: { action: 'update' },
});

/** May set the budgets of everybody. */
export const costsBudgetManagePermission = createPermission({
  name: 'costs.budget.manage',
  attributes: { action: 'update' },
});

/** May explain and mute anomalies of their own groups, and of those below. */
export const costsAnomalyUpdatePermission = createPermission({
  name: 'costs.anomaly.update',
  attributes: { action: 'update' },
});

/** May explain and mute the anomalies of everybody. */
export const costsAnomalyManagePermission = createPermission({
  name: 'costs.anomaly.manage',
  attributes: { action: 'update' },
});

/** May accept and dismiss recommendations for their own groups, and for those below. */
export const costsRecommendationUpdatePermission = createPermission({
  name: 'costs.recommendation.update',
  attributes: { action: 'update' },
});

/** May accept and dismiss the recommendations of everybody. */
export const costsRecommendationManagePermission = createPermission({
  name: 'costs.recommendation.manage',
  attributes: { action: 'update' },
});

/** May hand in the values of metrics for what their own groups, and those below, own. */
export const costsUnitUpdatePermission = createPermission({
  name: 'costs.unit.update',
  attributes: { action: 'update' },
});

/** May hand in the values of metrics for everything. */
export const costsUnitManagePermission = createPermission({
  name: 'costs.unit.manage',
  attributes: { action: 'update' },
});

/** Every permission of this plugin. */
export const costsPermissions = [
  costsReadPermission,
  costsOrganisationReadPermission,
  costsImportCreatePermission,
  costsRulesUpdatePermission,
  costsRatesUpdatePermission,
  costsBudgetReadPermission,
  costsBudgetUpdatePermission,
  costsBudgetManagePermission,
  costsAnomalyUpdatePermission,
  costsAnomalyManagePermission,
  costsRecommendationUpdatePermission,
  costsRecommendationManagePermission,
  costsUnitUpdatePermission,
  costsUnitManagePermission,
];
