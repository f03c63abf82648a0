import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  AuditExportQuery,
  AuditVerification,
  ComplianceQuery,
  ComplianceReport,
  Delegation,
  Exception,
  ExceptionDeciders,
  ExceptionPage,
  ExceptionsQuery,
  ExceptionVerdict,
  Judgement,
  NewDelegation,
  NewException,
  Replay,
  ReplayPage,
  ReplaysQuery,
} from '@waymark/plugin-infrastructure-common';
import type { Asking, Once } from './InfrastructureApi';

/** What the pages of the guardrails ask the portal. Failures are thrown with the portal's own words. */
export interface GuardrailsApi {
  listExceptions(
    query: ExceptionsQuery,
    asking?: Asking,
  ): Promise<ExceptionPage>;
  getException(id: string, asking?: Asking): Promise<Exception>;
  /** Who would decide on what the caller asks for. */
  listExceptionDeciders(asking?: Asking): Promise<ExceptionDeciders>;
  askException(wanted: NewException, once: Once): Promise<Exception>;
  decideException(
    id: string,
    said: ExceptionVerdict,
    once: Once,
  ): Promise<Exception>;
  endException(id: string, once: Once): Promise<Exception>;
  listCompliance(
    query: ComplianceQuery,
    asking?: Asking,
  ): Promise<ComplianceReport>;
  /** Every row of the report, also those of other pages. */
  getComplianceCsv(query: ComplianceQuery): Promise<string>;
  getJudgement(id: string, asking?: Asking): Promise<Judgement>;
  replayRequest(id: string): Promise<Replay[]>;
  replayDecisions(query: ReplaysQuery, asking?: Asking): Promise<ReplayPage>;
  exportAudit(query: AuditExportQuery): Promise<string>;
  verifyAudit(): Promise<AuditVerification>;
  listDelegations(asking?: Asking): Promise<Delegation[]>;
  delegate(wanted: NewDelegation, once: Once): Promise<Delegation>;
  endDelegation(id: string, once: Once): Promise<Delegation>;
}

/** Reaches the guardrails of the infrastructure backend. */
export const guardrailsApiRef = createApiRef<GuardrailsApi>({
  id: 'plugin.infrastructure.guardrails',
});
