import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { SizeHint } from '@waymark/plugin-infrastructure-common';
import { resourceRouteRef } from '../routes';
import { money } from '../words/money';
import { spoken } from '../words/spoken';
import styles from './Decision.module.css';

/** What would cost less if it were as the team's others are, and which others these are. */
export function SizeHints({ hints }: { hints: SizeHint[] }) {
  const hrefOf = useRouteRef(resourceRouteRef);
  return (
    <ul className={styles.rules}>
      {hints.map(hint => (
        <li key={hint.parameter} className={styles.rule}>
          <strong>{`${spoken(hint.parameter)}: ${hint.value}`}</strong>
          <span>
            {`${hint.usual} is usual among the ${
              hint.compared
            } others that the team runs in this environment. With that it would cost ${money(
              hint.monthlySaving,
            )} a month less.`}
          </span>
          <span className={styles.source}>
            {'Compared with '}
            {hint.evidence.map(({ resourceId, name, value }, index) => (
              <span key={resourceId}>
                {index > 0 && ', '}
                <Link href={hrefOf?.({ id: resourceId }) ?? ''}>{name}</Link>
                {` (${value})`}
              </span>
            ))}
            {hint.compared > hint.evidence.length && ' and others'}
          </span>
        </li>
      ))}
    </ul>
  );
}
