import type { Point } from './points';
import styles from './Chart.module.css';

/** What stands beside a point that is pointed at. */
export function PointTip(props: {
  active?: boolean;
  payload?: readonly { payload?: Point }[];
}) {
  const point = props.payload?.[0]?.payload;
  if (!props.active || !point) return null;
  return (
    <div className={styles.tip}>
      <div>{point.days}</div>
      <strong>{point.text}</strong>
      {point.sample && <div>{point.sample}</div>}
      {point.state === 'insufficient' && <div>Too little to judge</div>}
    </div>
  );
}
