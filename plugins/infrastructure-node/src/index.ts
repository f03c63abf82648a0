/**
 * What an engine that provisions, a policy that judges, and a book of budgets
 * have to offer to the infrastructure plugin.
 *
 * @packageDocumentation
 */
export type { BillBook } from './BillBook';
export type { BudgetBook, BudgetStanding } from './BudgetBook';
export { HandedOnError, InterruptedError } from './Engine';
export type {
  Applied,
  Engine,
  EnginePlan,
  Existing,
  Observation,
  Order,
  PlanCost,
  RunTools,
  Standing,
  StateAccess,
} from './Engine';
export type { Handover, Report, ReportDelivery, Reporting } from './Reporting';
export type { SecretDelivery, SecretSink } from './sinks/SecretSink';
export { SinkServer, type SinkQuestion } from './sinks/SinkServer';
export type { PolicyAnswer, PolicyEngine, PolicyInput } from './PolicyEngine';
export {
  billBookExtensionPoint,
  budgetBookExtensionPoint,
  enginesExtensionPoint,
  policyExtensionPoint,
  secretSinksExtensionPoint,
  type BillBookExtensionPoint,
  type BudgetBookExtensionPoint,
  type EnginesExtensionPoint,
  type PolicyExtensionPoint,
  type SecretSinksExtensionPoint,
} from './extensions';
