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

const states = new Set<string>(Object.keys(stageOf));

/** How far a request came that has ended. */
function endOf(request: RequestDetail): number {
  const { state, history, plan } = request;
  if (state === 'rejected' || state === 'expired') return 3;
  if (state === 'denied') return plan ? 2 : 0;
  const last = history
    .map(entry => entry.state)
    .filter(known => known !== undefined && states.has(known))
    .at(-1) as RequestState | undefined;
  return (last && stageOf[last]) ?? 0;
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
