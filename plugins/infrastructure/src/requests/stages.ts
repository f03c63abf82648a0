import type {
  RequestDetail,
  RequestState,
} from '@waymark/plugin-infrastructure-common';

/** One stretch of the way that every request goes. */
export type Stage = {
  title: string;
  state: 'done' | 'current' | 'ended' | 'ahead';
};

const titles = ['Checked', 'Planned', 'Decided', 'Approved', 'Applied'];

/** The stage in which a request is while it is in a state; none for how it ends. */
const stageOf: Partial<Record<RequestState, number>> = {
  prechecked: 0,
  planning: 1,
  evaluated: 2,
  pendingApproval: 3,
  approved: 3,
  queued: 4,
  applying: 4,
  reconciling: 4,
};

/** How far a request came that has ended. */
function endOf({ state, plan, decision, runs }: RequestDetail): number {
  if (state === 'rejected' || state === 'expired') return 3;
  if (state === 'denied') return plan ? 2 : 0;
  if (runs.some(({ kind }) => kind === 'apply')) return 4;
  if (!plan) return runs.length > 0 ? 1 : 0;
  return decision?.verdict === 'approval' ? 3 : 2;
}

/** The way of a request, and where on it the request stands. */
export function stagesOf(request: RequestDetail): Stage[] {
  const { state } = request;
  if (state === 'done') return titles.map(title => ({ title, state: 'done' }));
  const at = stageOf[state];
  const reached = at ?? endOf(request);
  return titles.map((title, index) => {
    if (index < reached) return { title, state: 'done' };
    if (index > reached) return { title, state: 'ahead' };
    return { title, state: at === undefined ? 'ended' : 'current' };
  });
}
