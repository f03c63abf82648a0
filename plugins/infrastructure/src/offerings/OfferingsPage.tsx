import { Alert, Link } from '@backstage/ui';
import type { OfferingList } from '@waymark/plugin-infrastructure-common';
import { ListPage } from '@waymark/plugin-parts-react';
import { useOfferings } from '../live/questions';
import { writeOfferingDocs } from '../parts/docs';
import { byCategory, categoryOf } from './categories';
import { OfferingCard } from './OfferingCard';
import styles from './Offerings.module.css';

function Problems({ problems }: Pick<OfferingList, 'problems'>) {
  if (problems.length === 0) return null;
  return (
    <div className={styles.problems}>
      {problems.map(({ file, message }) => (
        <Alert
          key={file}
          status="warning"
          icon
          title={`${file} could not be read`}
          description={message}
        />
      ))}
    </div>
  );
}

/** Everything that can be asked for, under its categories. */
export function OfferingsPage() {
  const live = useOfferings();
  return (
    <ListPage
      of="offerings"
      lead="Infrastructure that a team gets without a ticket: ask through a form, see at once what it costs and what policy says, and follow it until it is ready."
      live={live}
    >
      {({ items, problems }) => (
        <>
          <Problems problems={problems} />
          {items.length === 0 ? (
            <p>
              Nothing is offered yet. A platform engineer adds an offering as a
              file: <Link href={writeOfferingDocs}>how to write one</Link>.
            </p>
          ) : (
            <div className={styles.categories}>
              {byCategory(items).map(({ name, offerings }) => {
                const { title, Icon } = categoryOf(name);
                return (
                  <section key={name} aria-label={title}>
                    <h2 className={styles.category}>
                      <Icon size={20} aria-hidden />
                      {title}
                    </h2>
                    <div className={styles.cards}>
                      {offerings.map(offering => (
                        <OfferingCard key={offering.name} offering={offering} />
                      ))}
                    </div>
                  </section>
                );
              })}
            </div>
          )}
        </>
      )}
    </ListPage>
  );
}
