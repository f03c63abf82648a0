import type {
  AuditEntry,
  AuditVerification,
} from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';

/** The whole audit trail, for who checks it. */
export interface AuditService {
  /** Every entry after one, oldest first, in parts. */
  entries(after: number, caller: Caller): Promise<AsyncIterable<AuditEntry[]>>;
  /** Whether each entry fits to the one before. */
  verify(caller: Caller): Promise<AuditVerification>;
}
