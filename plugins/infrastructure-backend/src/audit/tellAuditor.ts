import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { AuditEntry } from '@waymark/plugin-infrastructure-common';

/** What is more than the daily run of things. */
const grave = /^(secret|exception|delegation)\./;

/**
 * Tells Backstage's auditor of entries that are written down for good. What it
 * cannot take is in the trail all the same.
 */
export function tellAuditor(
  auditor: AuditorService,
  logger: LoggerService,
): (entries: AuditEntry[]) => void {
  return entries => {
    for (const { action, ...entry } of entries) {
      auditor
        .createEvent({
          eventId: action
            .replace(/([a-z])([A-Z])/g, '$1-$2')
            .replaceAll('.', '-')
            .toLowerCase(),
          severityLevel: grave.test(action) ? 'high' : 'medium',
          meta: entry as unknown as JsonObject,
        })
        .then(event => event.success())
        .catch(error =>
          logger.error(
            `The auditor could not be told of entry ${entry.number} of the audit trail: ${error}`,
          ),
        );
    }
  };
}
