import type { Checks, ChecksState } from '@waymark/plugin-repositories-node';

/** See https://docs.github.com/rest/checks/runs */
type CheckRuns = {
  total_count?: number;
  check_runs?: { name?: string; status?: string; conclusion?: string | null }[];
};

/** See https://docs.github.com/rest/commits/statuses */
type CombinedStatus = {
  state?: string;
  total_count?: number;
  statuses?: { context?: string; state?: string }[];
};

type Check = { name?: string; state: ChecksState };

/** What GitHub itself takes for green. */
const green = new Set(['success', 'neutral', 'skipped']);

function checksOf(runs: CheckRuns = {}): Check[] {
  const listed = runs.check_runs ?? [];
  const checks = listed.map(({ name, status, conclusion }): Check => {
    if (status !== 'completed') return { name, state: 'pending' };
    return { name, state: green.has(conclusion ?? '') ? 'passed' : 'failed' };
  });
  // What does not fit on a page is waited for.
  return (runs.total_count ?? 0) > listed.length
    ? [...checks, { state: 'pending' }]
    : checks;
}

function stateOfStatus(state: string | undefined): ChecksState {
  if (state === 'success') return 'passed';
  return state === 'pending' ? 'pending' : 'failed';
}

function statusesOf(combined: CombinedStatus = {}): Check[] {
  if (!combined.total_count) return [];
  return [
    { state: stateOfStatus(combined.state) },
    ...(combined.statuses ?? []).map(({ context, state }) => ({
      name: context,
      state: stateOfStatus(state),
    })),
  ];
}

function together(checks: Check[]): ChecksState {
  const states = checks.map(({ state }) => state);
  if (states.length === 0) return 'none';
  if (states.includes('failed')) return 'failed';
  return states.includes('pending') ? 'pending' : 'passed';
}

/** Both kinds of checks of a commit together: those of Actions and apps, and statuses. */
export function readChecks(answers: unknown[]): Checks {
  const [runs, combined] = answers as [
    CheckRuns | undefined,
    CombinedStatus | undefined,
  ];
  const checks = [...checksOf(runs), ...statusesOf(combined)];
  return {
    state: together(checks),
    notPassed: checks.flatMap(({ name, state }) =>
      name && state !== 'passed' ? [name] : [],
    ),
  };
}
