import { Link } from '@backstage/ui';
import type { Recommendation } from '@waymark/plugin-costs-common';
import { EntityName, Mark } from '@waymark/plugin-parts-react';
import { SavingBar } from './SavingBar';
import { effortWords, kindWords, stateWords } from './words';
import styles from './Recommendations.module.css';

/** A recommendation in a list; its title opens it. */
export function RecommendationItem(props: {
  recommendation: Recommendation;
  href: string;
}) {
  const { recommendation, href } = props;
  const { kind, state, title, why, groupRef, effort } = recommendation;
  const { Icon, text } = kindWords[kind];
  return (
    <li className={styles.item}>
      <div className={styles.sign} aria-hidden>
        <Icon size={20} />
      </div>
      <div className={styles.what}>
        <h3>
          <Link href={href}>{title}</Link>
        </h3>
        <p className={styles.why}>{why}</p>
        <p className={styles.facts}>
          <span>{text}</span>
          <span>
            {groupRef ? <EntityName entityRef={groupRef} /> : 'Owned by nobody'}
          </span>
          <span>{effortWords[effort]}</span>
          {state !== 'open' && <Mark {...stateWords[state]} />}
        </p>
      </div>
      <SavingBar recommendation={recommendation} />
    </li>
  );
}
