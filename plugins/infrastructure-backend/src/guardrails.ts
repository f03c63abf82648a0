import type {
  AuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { PolicyEngine } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { AuditTrail } from './audit/AuditTrail';
import { AuthorizedAudit } from './audit/AuthorizedAudit';
import { AuthorizedCompliance } from './compliance/AuthorizedCompliance';
import { ComplianceWatch } from './compliance/ComplianceWatch';
import { DefaultComplianceService } from './compliance/DefaultComplianceService';
import { JudgementStore } from './compliance/JudgementStore';
import type { InfrastructureSettings } from './config';
import type { Approvers } from './decisions/Approvers';
import type { DecisionRecords } from './decisions/DecisionRecords';
import type { ExceptionStore } from './decisions/ExceptionStore';
import type { Judge } from './decisions/Judge';
import { WaitingApprovals } from './decisions/WaitingApprovals';
import { AuthorizedDelegations } from './delegations/AuthorizedDelegations';
import { DefaultDelegationsService } from './delegations/DefaultDelegationsService';
import { AuthorizedExceptions } from './exceptions/AuthorizedExceptions';
import { DefaultExceptionsService } from './exceptions/DefaultExceptionsService';
import { ExceptionWatch } from './exceptions/ExceptionWatch';
import { Comments } from './notices/Comments';
import type { Notices } from './notices/Notices';
import type { Offerings } from './offerings/Offerings';
import { AuthorizedReplay } from './replay/AuthorizedReplay';
import { DefaultReplayService } from './replay/DefaultReplayService';
import type { DelegationStore } from './requests/DelegationStore';
import type { Actors } from './requests/people';
import type { RequestStore } from './requests/RequestStore';
import type { StateService } from './state/StateService';

/** Wires the guardrails: what is let be, what is judged of what exists, and what is shown of it. */
export function createGuardrails(parts: {
  knex: Knex;
  actors: Actors;
  approvers: Approvers;
  audit: AuditTrail;
  auth: AuthService;
  catalog: CatalogService;
  delegations: DelegationStore;
  exceptions: ExceptionStore;
  judge: Judge;
  records: DecisionRecords;
  logger: LoggerService;
  notices: Notices;
  notifications: NotificationService;
  onChanged: (requestId: string) => void;
  offerings: Offerings;
  permissions: PermissionsService;
  policy: PolicyEngine;
  requests: RequestStore;
  settings: InfrastructureSettings;
  states: StateService;
}) {
  const { actors, permissions, requests, settings } = parts;
  const judgements = new JudgementStore(parts.knex);
  return {
    approvals: new WaitingApprovals({
      ...parts,
      onAppointed: (id, people) => parts.notices.tellNewcomers(id, people),
    }),
    services: {
      audit: new AuthorizedAudit(parts.audit, permissions),
      delegations: new AuthorizedDelegations(
        new DefaultDelegationsService(parts),
        permissions,
      ),
      replay: new AuthorizedReplay(
        new DefaultReplayService(parts),
        permissions,
      ),
      compliance: new AuthorizedCompliance({
        inner: new DefaultComplianceService({ knex: parts.knex, judgements }),
        permissions,
        actors,
      }),
      exceptions: new AuthorizedExceptions({
        inner: DefaultExceptionsService.create({
          ...parts,
          longestDays: settings.longestExceptionDays,
        }),
        permissions,
        actors,
        requests,
      }),
    },
    comments: new Comments(parts),
    compliance: ComplianceWatch.create({ ...parts, judgements }),
    exceptions: new ExceptionWatch(parts),
  };
}
