import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { Link, Skeleton } from '@backstage/ui';
import type { ComponentType } from 'react';
import { useMyTeams } from '../live/useMyTeams';
import { Failure } from './Failure';
import styles from './MyTeams.module.css';

type Shown = {
  /** What is shown of a team, such as "Costs". */
  what: string;
  /** Where there is more of it. */
  hrefOf: (entityRef: string) => string;
  Content: ComponentType<{ entityRef: string; href: string }>;
};

function Team(props: Shown & { entityRef: string }) {
  const { what, hrefOf, Content, entityRef } = props;
  const { primaryTitle } = useEntityPresentation(entityRef);
  const href = hrefOf(entityRef);
  return (
    // Other cards of a page name the same teams.
    <section aria-label={`${what} of ${primaryTitle}`} className={styles.team}>
      <h3 className={styles.name}>
        <Link href={href}>{primaryTitle}</Link>
      </h3>
      <Content entityRef={entityRef} href={href} />
    </section>
  );
}

/**
 * Something about each team that one is a member of.
 *
 * @param props.channel - on which the plugin says that something changed
 */
export function MyTeams({ channel, ...shown }: Shown & { channel: string }) {
  const { value, error, refresh } = useMyTeams(channel);
  if (error) {
    return (
      <Failure
        title="Your teams could not be read"
        error={error}
        onRetry={refresh}
      />
    );
  }
  if (!value) return <Skeleton width="100%" height={96} />;
  if (value.length === 0) {
    return <p className={styles.none}>You are a member of no team yet.</p>;
  }
  return (
    <div className={styles.teams}>
      {value.map(entityRef => (
        <Team key={entityRef} entityRef={entityRef} {...shown} />
      ))}
    </div>
  );
}
