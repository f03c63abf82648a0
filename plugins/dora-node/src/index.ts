/**
 * What an adapter to a delivery system needs: the facts it reports, how a
 * delivery proves its sender, and the extension point it joins.
 *
 * @packageDocumentation
 */
export type {
  ChangeFact,
  DeploymentFact,
  Fact,
  IncidentFact,
  ServiceHint,
} from './facts';
export type { Delivery, DeliverySource, Reading } from './DeliverySource';
export type { EventDoor } from './EventDoor';
export {
  deliverySourcesExtensionPoint,
  type DeliverySourcesExtensionPoint,
} from './extensions';
export {
  requireConfigured,
  requireHmacSha256,
  requireSharedSecret,
  requireWaymarkProof,
  sameSecret,
  signaturesIn,
} from '@waymark/plugin-webhooks-node';
export type {
  DeliveryHistory,
  HistoryPage,
  HistoryQuestion,
} from './history/DeliveryHistory';
export {
  listStage,
  pagesOf,
  type ListStage,
  type Stage,
} from './history/stages';
export {
  PoliteClient,
  type Asking,
  type PageOfJson,
} from './history/PoliteClient';
export { instant, unixMillis, unixSeconds } from './instants';
export { jsonOf, maybeJsonOf } from './json';
export { fitsPattern } from './patterns';
export {
  bornWithMerge,
  groupCommits,
  historyOf,
  isMainBranch,
  pathsOf,
  pushedCommit,
  type PushedCommit,
} from './pushes';
export { requalified } from './qualification';
export { changesIn, facts, factsIn, ignored } from './readings';
export { readSecrets } from './settings';
export {
  identifier,
  optional,
  optionalSha,
  optionalText,
  readShape,
  sha,
  text,
  webUrl,
} from './shapes';
export {
  causeIn,
  firstLine,
  hasLabel,
  kindIn,
  serviceIn,
  severityIn,
} from './wording';
