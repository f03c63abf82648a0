import {
  useEntityPresentation,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Link, Skeleton } from '@backstage/ui';
import { Failure, useMyTeams } from '@waymark/plugin-parts-react';
import { changedChannel } from '../live/useCosts';
import { CostsInShort } from './CostsInShort';
import styles from './MyTeamsCosts.module.css';

function Team({ entityRef }: { entityRef: string }) {
  const { primaryTitle } = useEntityPresentation(entityRef);
  const linkOf = useEntityRefLink();
  return (
    <section aria-label={`Costs of ${primaryTitle}`} className={styles.team}>
      <h3 className={styles.name}>
        <Link href={`${linkOf(entityRef)}/costs`}>{primaryTitle}</Link>
      </h3>
      <CostsInShort scope={{ level: 'group', entityRef }} />
    </section>
  );
}

/** What each team that one is a member of spends this month. */
export function MyTeamsCosts() {
  const { value, error, refresh } = useMyTeams(changedChannel);
  if (error) {
    return (
      <Failure
        title="Your teams could not be read"
        error={error}
        onRetry={refresh}
      />
    );
  }
  if (!value) return <Skeleton width="100%" height={64} />;
  if (value.length === 0) {
    return <p className={styles.none}>You are a member of no team yet.</p>;
  }
  return (
    <div className={styles.teams}>
      {value.map(entityRef => (
        <Team key={entityRef} entityRef={entityRef} />
      ))}
    </div>
  );
}
