import type { ComplianceQuery } from '@waymark/plugin-infrastructure-common';
import type { ComplianceService } from '../compliance/ComplianceService';
import type { Caller } from '../requests/people';
import { csvLine } from './csv';

const columns = [
  'environment',
  'name',
  'resource',
  'entityRef',
  'offering',
  'owner',
  'rule',
  'ruleTitle',
  'finding',
  'exception',
  'policyRevision',
  'judgement',
  'since',
  'lookedAt',
] as const;

const pageSize = 1000;

/** The first line of the report as CSV. */
export const complianceHead = csvLine(['at', ...columns, 'details']);

/** Every row of the report as CSV, as of one moment however long it takes. */
export async function* complianceLines(
  compliance: ComplianceService,
  query: ComplianceQuery,
  caller: Caller,
): AsyncIterable<string> {
  const at = query.at ?? new Date().toISOString();
  for (let offset = 0, total = 1; offset < total; ) {
    const page = await compliance.report(
      { ...query, at, limit: pageSize, offset },
      caller,
    );
    if (page.items.length === 0) return;
    yield page.items
      .map(row =>
        csvLine([
          at,
          ...columns.map(column => row[column]),
          (row.details ?? []).map(({ message }) => message).join('; '),
        ]),
      )
      .join('');
    offset += page.items.length;
    total = page.total;
  }
}
