import {
  RiAlertLine,
  RiCloseCircleLine,
  RiUserFollowLine,
} from '@remixicon/react';
import type { RuleResult } from '@waymark/plugin-infrastructure-common';
import { Mark } from '@waymark/plugin-parts-react';
import styles from './Decision.module.css';

const effects = {
  deny: { text: 'Denies it', tone: 'negative', Icon: RiCloseCircleLine },
  approval: {
    text: 'Asks for approval',
    tone: 'warning',
    Icon: RiUserFollowLine,
  },
  warn: { text: 'Warns', tone: 'warning', Icon: RiAlertLine },
} as const;

const weight: Record<RuleResult['effect'], number> = {
  deny: 0,
  approval: 1,
  warn: 2,
};

/** What each rule says, why it exists, and how to comply with it. */
export function RuleList(props: {
  rules: RuleResult[];
  /** Goes to the field that a rule names; where there is no form, it is only named. */
  onField?: (field: string) => void;
}) {
  const { rules, onField } = props;
  if (rules.length === 0) {
    return <p className={styles.note}>No rule has anything against it.</p>;
  }
  const sorted = [...rules].sort((a, b) => weight[a.effect] - weight[b.effect]);
  return (
    <ul className={styles.rules}>
      {sorted.map(({ rule, effect, field, message, reason, remedy }) => (
        <li
          key={`${rule}:${field}:${message}`}
          className={styles.rule}
          data-effect={effect}
        >
          <Mark {...effects[effect]} />
          <p className={styles.message}>{message}</p>
          <p>Why: {reason}</p>
          <p>How to comply: {remedy}</p>
          <p className={styles.name}>
            Rule {rule}
            {field && (
              <>
                , field{' '}
                {onField ? (
                  <button
                    type="button"
                    className={styles.link}
                    onClick={() => onField(field)}
                  >
                    {field}
                  </button>
                ) : (
                  field
                )}
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
