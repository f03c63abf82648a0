import type {
  ComplianceQuery,
  ComplianceReport,
  Judgement,
} from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';

/** Which part of the report: a page may be larger where it goes into a file. */
export type ReportQuery = ComplianceQuery & {
  /** Entity references of the groups whose resources may be seen; all when absent. */
  owners?: string[];
};

/** Tells of every resource and every rule how it is, and was. */
export interface ComplianceService {
  /** @throws InputError when the moment is to come */
  report(query: ReportQuery, caller: Caller): Promise<ComplianceReport>;
  /** @throws NotFoundError */
  judgement(id: string, caller: Caller): Promise<Judgement>;
}
