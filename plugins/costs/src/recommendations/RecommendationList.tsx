import type { Recommendation } from '@waymark/plugin-costs-common';
import { RecommendationItem } from './RecommendationItem';
import styles from './Recommendations.module.css';

/** Recommendations one below the other. */
export function RecommendationList(props: {
  items: Recommendation[];
  hrefOf: (id: string) => string;
}) {
  const { items, hrefOf } = props;
  return (
    <ul className={styles.list} aria-label="Recommendations">
      {items.map(recommendation => (
        <RecommendationItem
          key={recommendation.id}
          recommendation={recommendation}
          href={hrefOf(recommendation.id)}
        />
      ))}
    </ul>
  );
}
