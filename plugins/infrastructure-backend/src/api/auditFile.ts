import type { AuditEntry } from '@waymark/plugin-infrastructure-common';
import { csvLine } from './csv';

type Format = 'ndjson' | 'csv';

const columns = [
  'number',
  'at',
  'action',
  'by',
  'request',
  'resource',
  'detail',
  'previousHash',
  'hash',
] as const satisfies readonly (keyof AuditEntry)[];

/** The files that the audit trail is exported as. */
export const auditFiles: Record<
  Format,
  { name: string; type: string; head?: string }
> = {
  ndjson: { name: 'audit.ndjson', type: 'application/x-ndjson' },
  csv: { name: 'audit.csv', type: 'text/csv', head: csvLine([...columns]) },
};

function csvOf(entry: AuditEntry): string {
  return csvLine(
    columns.map(column =>
      column === 'detail' ? JSON.stringify(entry.detail ?? {}) : entry[column],
    ),
  );
}

/** Entries as the text of a file. */
export async function* auditText(
  entries: AsyncIterable<AuditEntry[]>,
  format: Format,
): AsyncIterable<string> {
  const write =
    format === 'csv'
      ? csvOf
      : (entry: AuditEntry) => `${JSON.stringify(entry)}\n`;
  for await (const part of entries) yield part.map(write).join('');
}
