/**
 * Every action of the registry stands in one of these lists; a test notices a
 * new one. `backend.actions.filter` repeats `exposed`, and MCP gives nothing
 * else to its clients.
 */
export const exposed = [
  'catalog:get-catalog-entity',
  'catalog:get-catalog-model-description',
  'catalog:query-catalog-entities',
  // Asks the source again; changes nothing that the source does not say.
  'catalog:refresh-catalog-entity',
  'catalog:validate-entity',
  'dora:get-deployment',
  'dora:get-git-history-run',
  'dora:get-intake-status',
  'dora:get-lead-time-stages',
  'dora:get-metrics',
  'dora:list-backfills',
  'dora:list-corrections',
  'dora:list-deployments',
  'dora:list-environments',
  'dora:list-goals',
  'dora:list-incidents',
  'dora:list-metric-rows',
  'dora:list-unmatched-names',
  'dora:list-webhook-deliveries',
  'golden-paths:check-name',
  'golden-paths:get-fleet-summary',
  'golden-paths:list-fleet',
  'golden-paths:list-golden-paths',
  'golden-paths:list-upgrades',
  // Write in a folder that is thrown away.
  'golden-paths:preview-template',
  'golden-paths:preview-upgrade',
  'infrastructure:get-compliance',
  'infrastructure:get-judgement',
  'infrastructure:list-delegations',
  'infrastructure:list-exceptions',
  'infrastructure:replay-decisions',
  'infrastructure:replay-request',
  'infrastructure:verify-audit',
  'infrastructure:estimate-request',
  'infrastructure:get-allowances',
  'infrastructure:get-offering',
  'infrastructure:get-request',
  'infrastructure:get-request-log',
  'infrastructure:get-resource',
  'infrastructure:list-audit',
  'infrastructure:list-offerings',
  'infrastructure:list-requests',
  'infrastructure:list-resources',
  'infrastructure:search-orphans',
  'repositories:get-repository',
  'repositories:list-repositories',
  'repositories:list-repository-files',
  'repositories:read-repository-file',
  'scaffolder:get-scaffolder-task-logs',
  'scaffolder:list-scaffolder-actions',
  'scaffolder:list-scaffolder-tasks',
  'search:query',
] as const;

/** Not given to programs that act for a person: such a step is a person's own. */
export const withheld = [
  // Concern the caller alone; their plugins are no sources of actions.
  'auth:who-am-i',
  'notifications:get-notifications',
  // Decide what the catalog holds.
  'catalog:register-entity',
  'catalog:unregister-entity',
  // Holds whatever an outside system sent.
  'dora:get-webhook-delivery',
  // Decide what a team is measured by.
  'dora:change-goal',
  'dora:correct-deployment',
  'dora:correct-incident',
  'dora:end-goal',
  'dora:set-goal',
  // Bring facts that everybody is measured by, and spend the organisation's rate limits.
  'dora:bring-git-history',
  'dora:cancel-backfill',
  'dora:import-facts',
  'dora:replay-webhook-delivery',
  'dora:resume-backfill',
  'dora:start-backfill',
  // Change repositories, which people answer for.
  'golden-paths:merge-upgrade',
  'golden-paths:start-upgrade-campaign',
  'golden-paths:steer-upgrade-campaign',
  'golden-paths:upgrade-repository',
  // Let a rule be, or another approve: people answer for it with their name.
  'infrastructure:ask-exception',
  'infrastructure:decide-exception',
  'infrastructure:delegate-approvals',
  'infrastructure:end-delegation',
  'infrastructure:end-exception',
  // Spend money, or decide for people who answer with their name.
  'infrastructure:accept-resource',
  'infrastructure:approve-request',
  'infrastructure:cancel-request',
  'infrastructure:change-resource',
  'infrastructure:comment-request',
  'infrastructure:destroy-resource',
  'infrastructure:extend-resource',
  'infrastructure:import-resource',
  'infrastructure:reject-request',
  'infrastructure:retry-request',
  'infrastructure:submit-request',
  'infrastructure:transfer-resource',
  // Run code of a template.
  'scaffolder:dry-run-template',
  'scaffolder:execute-template',
] as const;
