import type {
  AuditEntry,
  Decision,
} from '@waymark/plugin-infrastructure-common';
import { Named } from '../parts/Named';
import { moneyRange } from '../words/money';
import { spoken } from '../words/spoken';
import styles from './Audit.module.css';

type Detail = NonNullable<AuditEntry['detail']>;

const verdicts: Record<Decision['verdict'], string> = {
  allow: 'Allowed by rule',
  approval: 'People have to approve it',
  deny: 'Denied',
};

/** A decision in a line: what came of it, for how much, and which rules had something to say. */
function decisionText({ estimate, rules, verdict }: Decision): string {
  const names = [...new Set(rules.map(({ rule }) => rule))];
  return [
    verdicts[verdict],
    `${moneyRange(estimate)} a month`,
    names.length > 0 ? `by ${names.join(', ')}` : 'no rule against it',
  ].join('; ');
}

function Fact({ name, value }: { name: string; value: unknown }) {
  if (name === 'decision') return <>{decisionText(value as Decision)}</>;
  return (
    <>
      {spoken(name)}: <Named text={String(value)} />
    </>
  );
}

/** What can be said in a line: everything but what has parts, and the hashes that the record has. */
const isShort = ([name, value]: [string, unknown]) =>
  name === 'decision' ||
  (typeof value !== 'object' && value !== undefined && name !== 'planHash');

/** What an entry says in short, and all of it for who wants to see. */
export function AuditDetails({ detail }: { detail: Detail }) {
  const all = Object.entries(detail);
  if (all.length === 0) return null;
  const short = all.filter(isShort);
  const isWhole = short.length === all.length && !('decision' in detail);
  return (
    <div>
      <ul className={styles.facts}>
        {short.map(([name, value]) => (
          <li key={name}>
            <Fact name={name} value={value} />
          </li>
        ))}
      </ul>
      {!isWhole && (
        <details>
          <summary className={styles.more}>The record as it is kept</summary>
          <pre className={styles.detail}>{JSON.stringify(detail, null, 1)}</pre>
        </details>
      )}
    </div>
  );
}
