import { Link } from '@backstage/ui';
import { Panel } from '@waymark/plugin-parts-react';
import type { Ranked } from './ranking';
import styles from './RankedList.module.css';

const shown = 5;

/** Parts of the organisation in order, each with the reason for its place. */
export function RankedList(props: {
  title: string;
  lead: string;
  ranked: Ranked[];
  empty: string;
  scopeHref: (entityRef: string) => string;
  explainHref: (metric: string, entityRef: string) => string;
}) {
  const { title, lead, ranked, empty, scopeHref, explainHref } = props;
  return (
    <Panel title={title} lead={lead}>
      {ranked.length === 0 ? (
        <p className={styles.empty}>{empty}</p>
      ) : (
        <ol className={styles.list}>
          {ranked.slice(0, shown).map(({ group, reasons }) => (
            <li key={group.key}>
              <Link href={scopeHref(group.key)} weight="bold">
                {group.title}
              </Link>
              <ul className={styles.reasons}>
                {reasons.slice(0, 2).map(({ metric, text }) => (
                  <li key={metric.id}>
                    <Link
                      href={explainHref(metric.id, group.key)}
                      color="secondary"
                    >
                      {text}
                    </Link>
                  </li>
                ))}
                {reasons.length > 2 && <li>and {reasons.length - 2} more</li>}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
