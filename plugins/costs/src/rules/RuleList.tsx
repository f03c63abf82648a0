import type { Rule } from '@waymark/plugin-costs-common';
import { ButtonIcon, Link } from '@backstage/ui';
import {
  RiArrowDownLine,
  RiArrowUpLine,
  RiDeleteBinLine,
  RiPencilLine,
} from '@remixicon/react';
import { length, magnitude } from '../money/decimal';
import { exactMoney, money, percent } from '../money/words';
import { ShareBar } from '../parts/ShareBar';
import { bearerText, whereText } from './ruleWords';
import styles from './Rules.module.css';
import type { Taken } from './useTaken';

/** What can be done with the rules of a draft. */
export type RuleDeeds = {
  onMove: (from: number, to: number) => void;
  onEdit: (at: number) => void;
  onRemove: (at: number) => void;
};

function Amount(props: { taken: Taken; rule: string | null; href: string }) {
  const { taken, rule, href } = props;
  const { currency, ofRule, total } = taken;
  const amount = ofRule.get(rule) ?? '0';
  const whole = Math.abs(length(total)) || 1;
  const part = length(magnitude(amount)) / whole;
  return (
    <div className={styles.taken}>
      <Link href={href} title={exactMoney(amount, currency)}>
        {money(amount, currency)}
      </Link>
      <span className={styles.share}>{percent(part)}</span>
      <ShareBar share={part} tone={rule === null ? 'nobodys' : 'plain'} />
    </div>
  );
}

function Deeds(props: {
  rule: Rule;
  at: number;
  count: number;
  deeds: RuleDeeds;
}) {
  const { rule, at, count, deeds } = props;
  const button = (
    words: string,
    icon: React.ReactElement,
    onPress: () => void,
    isDisabled = false,
  ) => (
    <ButtonIcon
      size="small"
      variant="tertiary"
      icon={icon}
      aria-label={`${words}: ${rule.title}`}
      isDisabled={isDisabled}
      onPress={onPress}
    />
  );
  return (
    <div className={styles.deeds}>
      {button(
        'Try earlier',
        <RiArrowUpLine />,
        () => deeds.onMove(at, at - 1),
        at === 0,
      )}
      {button(
        'Try later',
        <RiArrowDownLine />,
        () => deeds.onMove(at, at + 1),
        at === count - 1,
      )}
      {button('Change', <RiPencilLine />, () => deeds.onEdit(at))}
      {button('Remove', <RiDeleteBinLine />, () => deeds.onRemove(at))}
    </div>
  );
}

/** Rules in the order in which they are tried, each with what it took, and what none took. */
export function RuleList(props: {
  rules: Rule[];
  /** What they took of the newest month; nothing where no bill is known. */
  taken: Taken | undefined;
  hrefOf: (rule: string | null) => string;
  /** Absent for those who may only look. */
  deeds?: RuleDeeds;
}) {
  const { rules, taken, hrefOf, deeds } = props;
  return (
    <ol className={styles.rules} data-changeable={deeds && true}>
      {rules.map((rule, at) => (
        <li key={rule.id} className={styles.rule}>
          <span className={styles.number} aria-hidden>
            {at + 1}
          </span>
          <div className={styles.words}>
            <p className={styles.title}>{rule.title}</p>
            <p className={styles.text}>{bearerText(rule)}.</p>
            {rule.where && <p className={styles.text}>{whereText(rule)}.</p>}
          </div>
          {taken && (
            <Amount taken={taken} rule={rule.id} href={hrefOf(rule.id)} />
          )}
          {deeds && (
            <Deeds rule={rule} at={at} count={rules.length} deeds={deeds} />
          )}
        </li>
      ))}
      <li className={styles.rule}>
        <span className={styles.number} aria-hidden>
          –
        </span>
        <div className={styles.words}>
          <p className={styles.title}>Nobody’s</p>
          <p className={styles.text}>
            What no rule takes stays unallocated, and is shown as such.
          </p>
        </div>
        {taken && <Amount taken={taken} rule={null} href={hrefOf(null)} />}
      </li>
    </ol>
  );
}
