import type {
  Approver,
  NextStep,
  RequestKind,
  RequestState,
} from '@waymark/plugin-infrastructure-common';
import type { Obstacles } from '../decisions/obstacles';

const done: Record<RequestKind, string> = {
  create:
    'It is ready. Its addresses and secrets are on the page of the resource.',
  import: 'It is ours now, and kept like every other.',
  update: 'It is changed.',
  extend: 'It lives longer.',
  transfer: 'It belongs to its new owner.',
  accept: 'What is there counts as what is wanted.',
  destroy: 'It is gone.',
};

/** What happens next with a request, in words for people. */
export function nextStep(of: {
  state: RequestState;
  kind: RequestKind;
  approvers: Approver[];
  /** What people should know of what came of it. */
  remark?: string;
  /** How long applying usually takes, in seconds. */
  usualSeconds?: number;
  /** Why it cannot be given up or tried again. */
  obstacles: Obstacles;
}): NextStep {
  const { state, kind, usualSeconds } = of;
  const { cancel, retry } = of.obstacles;
  const timed = (text: string): NextStep => ({
    text,
    ...(usualSeconds !== undefined && { usualSeconds }),
  });
  switch (state) {
    case 'prechecked':
    case 'planning':
      return { text: 'The portal finds out what would be done.' };
    case 'evaluated':
      return { text: 'The plan is being judged.' };
    case 'pendingApproval': {
      const missing = of.approvers.filter(({ decidedBy }) => !decidedBy);
      const notes = missing.flatMap(({ note }) => (note ? [note] : []));
      return {
        text: ['It waits for people to look at the plan.', ...notes].join(' '),
        waitsFor: [...new Set(missing.flatMap(({ people }) => people))],
      };
    }
    case 'approved':
    case 'queued':
      return timed('It is approved and will begin in a moment.');
    case 'applying':
      return timed('It is being done.');
    case 'reconciling':
      return {
        text: 'The portal has done its part, and waits to hear of the rest.',
      };
    case 'done':
      return { text: of.remark ? 'The portal has done its part.' : done[kind] };
    case 'denied':
      return { text: 'Change what the rules name, and ask again.' };
    case 'rejected':
    case 'expired':
      return { text: 'Talk to the approvers, and ask again.' };
    case 'cancelled':
      return { text: 'Nothing was done.' };
    case 'failed':
      if (retry) return { text: `Read what went wrong below. ${retry}` };
      return {
        text: cancel
          ? 'Read what went wrong below, then try again.'
          : 'Read what went wrong below, then try again, or cancel it: nothing was made, and its name is free again.',
      };
    default:
      return {
        text:
          retry ??
          'Somebody has to look what is there, then try again or destroy it.',
      };
  }
}
