import type { components } from './api.generated';

/** What entries of the audit trail tell of. */
export type AuditAction = components['schemas']['AuditAction'];

// By key, so that none can be missing.
const known: Record<AuditAction, true> = {
  'request.created': true,
  'request.decided': true,
  'request.denied': true,
  'request.approved': true,
  'request.rejected': true,
  'request.expired': true,
  'request.cancelled': true,
  'request.commented': true,
  'request.applying': true,
  'request.handedOver': true,
  'request.done': true,
  'request.failed': true,
  'request.interrupted': true,
  'request.retried': true,
  'resource.judged': true,
  'resource.drifted': true,
  'resource.asWanted': true,
  'secret.revealed': true,
  'secret.delivered': true,
  'secret.removed': true,
  'exception.asked': true,
  'exception.granted': true,
  'exception.refused': true,
  'exception.withdrawn': true,
  'exception.revoked': true,
  'exception.expired': true,
  'delegation.made': true,
  'delegation.ended': true,
};

/** All that entries of the audit trail tell of. */
export const auditActions = Object.keys(known) as [
  AuditAction,
  ...AuditAction[],
];
