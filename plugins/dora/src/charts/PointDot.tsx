import type { DotItemDotProps } from 'recharts';
import type { Point } from './points';

/** A full dot where the sample is large enough to be judged, a hollow one where it is not. */
export function PointDot(props: DotItemDotProps) {
  const { cx, cy, payload } = props as DotItemDotProps & { payload: Point };
  if (cx === undefined || cy === undefined || payload.value === null) {
    return null;
  }
  const isHollow = payload.state === 'insufficient';
  return (
    <circle
      key={payload.key}
      cx={cx}
      cy={cy}
      r={isHollow ? 3 : 2.5}
      fill={isHollow ? 'var(--bui-bg-neutral-1)' : 'var(--bui-accent-bg)'}
      stroke="var(--bui-accent-bg)"
      strokeWidth={1.5}
    />
  );
}
