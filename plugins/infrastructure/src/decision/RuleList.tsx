import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import {
  RiAlertLine,
  RiCloseCircleLine,
  RiShieldCheckLine,
  RiUserFollowLine,
} from '@remixicon/react';
import type { RuleResult } from '@waymark/plugin-infrastructure-common';
import { dateText, Mark } from '@waymark/plugin-parts-react';
import type { ReactNode } from 'react';
import { exceptionsRouteRef } from '../routes';
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

/** That an exception lets it be, and the way to it. */
function Excepted({ rule, exception }: Pick<RuleResult, 'rule' | 'exception'>) {
  const href = useRouteRef(exceptionsRouteRef)?.() ?? '';
  if (!exception) return null;
  return (
    <>
      <Mark
        tone="info"
        Icon={RiShieldCheckLine}
        text={`Allowed by exception ${exception.number} until ${dateText(
          exception.until,
          'UTC',
        )}`}
      />
      <Link href={`${href}?${new URLSearchParams({ rule })}`}>
        Exceptions from this rule
      </Link>
    </>
  );
}

/** What each rule says, why it exists, and how to comply with it. */
export function RuleList(props: {
  rules: RuleResult[];
  /** Goes to the field that a rule names; where there is no form, it is only named. */
  onField?: (field: string) => void;
  /** What can be done about a finding, below it. */
  actionFor?: (finding: RuleResult) => ReactNode;
}) {
  const { rules, onField, actionFor } = props;
  if (rules.length === 0) {
    return <p className={styles.note}>No rule has anything against it.</p>;
  }
  const sorted = [...rules].sort((a, b) => weight[a.effect] - weight[b.effect]);
  return (
    <ul className={styles.rules}>
      {sorted.map(finding => (
        <li
          key={`${finding.rule}:${finding.field}:${finding.message}`}
          className={styles.rule}
          data-effect={finding.exception ? 'excepted' : finding.effect}
        >
          <Finding finding={finding} onField={onField} />
          {actionFor?.(finding)}
        </li>
      ))}
    </ul>
  );
}

function Finding(props: {
  finding: RuleResult;
  onField?: (field: string) => void;
}) {
  const { finding, onField } = props;
  const { rule, effect, exception, field, message, reason, remedy } = finding;
  return (
    <>
      {exception ? (
        <Excepted rule={rule} exception={exception} />
      ) : (
        <Mark {...effects[effect]} />
      )}
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
    </>
  );
}
