import type {
  ChangeLinesQuery,
  CostChange,
} from '@waymark/plugin-costs-common';
import { Button } from '@backstage/ui';
import { RiArrowDownSLine, RiArrowUpSLine } from '@remixicon/react';
import { useId, type ReactNode } from 'react';
import { difference, length, magnitude, share, signOf } from '../money/decimal';
import { money } from '../money/words';
import { Change } from '../parts/Change';
import { ShareBar } from '../parts/ShareBar';
import { ChangeBars } from './ChangeBars';
import { ChangeLinesTable } from './ChangeLinesTable';
import { reasonText } from './words';
import styles from './Changes.module.css';

/** Something that moved; it opens into the parts of its change and the lines behind. */
export function MoverItem(props: {
  name: ReactNode;
  title: string;
  change: CostChange;
  /** How far what moved most moved. */
  largest: number;
  query: ChangeLinesQuery;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const { name, title, change, largest, query, isOpen, onToggle } = props;
  const { before, now, parts, currency } = change;
  const id = useId();
  const moved = difference(now, before);
  const reason = reasonText(parts);
  return (
    <li className={styles.mover} data-open={isOpen}>
      {name}
      <Change
        change={moved}
        ratio={share(moved, magnitude(before))}
        currency={currency}
      />
      <ShareBar
        share={length(magnitude(moved)) / largest}
        tone={signOf(moved) < 0 ? 'less' : 'more'}
      />
      <span className={styles.detail}>
        {[
          `${money(before, currency)} before, ${money(now, currency)} now`,
          reason,
        ]
          .filter(Boolean)
          .join('; ')}
      </span>
      <Button
        size="small"
        variant="tertiary"
        iconEnd={isOpen ? <RiArrowUpSLine /> : <RiArrowDownSLine />}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={`Why ${title} changed`}
        onPress={onToggle}
      >
        Why
      </Button>
      {isOpen && (
        <div id={id} className={styles.opened}>
          <ChangeBars parts={parts} currency={currency} />
          <ChangeLinesTable title={title} query={query} currency={currency} />
        </div>
      )}
    </li>
  );
}
