/**
 * What an engine that provisions, and a policy that judges, have to offer to
 * the infrastructure plugin.
 *
 * @packageDocumentation
 */
export { InterruptedError } from './Engine';
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
  enginesExtensionPoint,
  policyExtensionPoint,
  secretSinksExtensionPoint,
  type EnginesExtensionPoint,
  type PolicyExtensionPoint,
  type SecretSinksExtensionPoint,
} from './extensions';
