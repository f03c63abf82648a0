import type { Run, Step } from '@waymark/plugin-infrastructure-common';
import type { RunRow, StepTiming } from '../queue/RunQueue';

/** A run as it is shown; steps that go on say how long they usually take. */
export function toRun(run: RunRow, usual: StepTiming[]): Run {
  const secondsOf = ({ title, state }: Step) =>
    state === 'running'
      ? usual.find(timing => timing.kind === run.kind && timing.title === title)
          ?.seconds
      : undefined;
  return {
    id: run.id,
    kind: run.kind,
    state: run.state,
    ...(run.started_at && { startedAt: run.started_at.toISOString() }),
    ...(run.ended_at && { endedAt: run.ended_at.toISOString() }),
    ...(run.error && { error: run.error }),
    steps: run.steps.map(step => {
      const usualSeconds = secondsOf(step);
      return {
        ...step,
        ...(usualSeconds !== undefined && { usualSeconds }),
      };
    }),
  };
}
