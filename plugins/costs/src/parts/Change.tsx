import {
  RiArrowRightDownLine,
  RiArrowRightLine,
  RiArrowRightUpLine,
} from '@remixicon/react';
import { signOf, type Decimal } from '../money/decimal';
import { exactMoney, moneyChange, percentChange } from '../money/words';
import styles from './Change.module.css';

const arrows = {
  '1': RiArrowRightUpLine,
  '0': RiArrowRightLine,
  '-1': RiArrowRightDownLine,
};

/** How much more or less something costs. */
export function Change(props: {
  change: Decimal;
  /** How much that is of what it was; nothing where it was nothing. */
  ratio: number | undefined;
  currency: string;
}) {
  const { change, ratio, currency } = props;
  const sign = signOf(change);
  const Arrow = arrows[sign];
  return (
    <span
      className={styles.change}
      data-sign={sign}
      title={exactMoney(change, currency)}
    >
      <Arrow size={16} aria-hidden />
      {moneyChange(change, currency)}
      {ratio !== undefined && sign !== 0 && (
        <span className={styles.ratio}>{percentChange(ratio)}</span>
      )}
    </span>
  );
}
