import type {
  AuditEntry,
  HistoryEntry,
} from '@waymark/plugin-infrastructure-common';

/** What entries of the trail tell people beside who and when. */
const telling = ['text', 'comment', 'message', 'waitsFor', 'remark'] as const;

/** The trail of a request as people read it. */
export function historyOf(trail: AuditEntry[]): HistoryEntry[] {
  return trail.map(({ number, at, action, by, detail }) => {
    const text = telling
      .map(key => detail?.[key])
      .find((value): value is string => typeof value === 'string');
    return { number, at, action, ...(by && { by }), ...(text && { text }) };
  });
}
