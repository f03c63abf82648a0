import type { Import } from '@waymark/plugin-costs-common';

/** An import of which nothing is known but what is given. */
export function fakeImport(given: Partial<Import> = {}): Import {
  return {
    id: '6f1c2a54-4c5e-4b0e-9a6f-2f7a0c0d1e11',
    source: 'aws',
    filename: 'larkspur-aws-2026-10.csv.gz',
    bytes: 310_331,
    state: 'done',
    createdAt: '2026-11-02T08:00:00Z',
    createdBy: 'service:demo-bills',
    startedAt: '2026-11-02T08:00:01Z',
    endedAt: '2026-11-02T08:00:02Z',
    error: null,
    ...given,
  };
}
