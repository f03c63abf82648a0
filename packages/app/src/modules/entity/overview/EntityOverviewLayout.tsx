import type { EntityContentLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import { Fragment } from 'react';
import { EntityNotices } from './EntityNotices';
import { RelatedEntitiesProvider } from '../related/RelatedEntities';
import styles from './EntityOverviewLayout.module.css';

/**
 * The overview of every entity: first what is wrong with it, then what it is
 * beside how it relates.
 */
export function EntityOverviewLayout({ cards }: EntityContentLayoutProps) {
  const info = cards.filter(card => card.type === 'info');
  const content = cards.filter(card => card.type !== 'info');
  return (
    <RelatedEntitiesProvider>
      <div className={styles.page}>
        <EntityNotices />
        <div className={styles.columns}>
          <div className={styles.info}>
            {info.map((card, index) => (
              <Fragment key={card.element.key ?? index}>
                {card.element}
              </Fragment>
            ))}
          </div>
          <div className={styles.content}>
            {content.map((card, index) => (
              <Fragment key={card.element.key ?? index}>
                {card.element}
              </Fragment>
            ))}
          </div>
        </div>
      </div>
    </RelatedEntitiesProvider>
  );
}
