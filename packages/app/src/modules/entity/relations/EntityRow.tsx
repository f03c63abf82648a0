import { type Entity, parseEntityRef } from '@backstage/catalog-model';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Avatar, Link } from '@backstage/ui';
import { specText, titleOf, typeOf } from '../related/fields';
import { LifecycleBadge } from './LifecycleBadge';
import styles from './EntityRow.module.css';

function Description({ entity }: { entity: Entity }) {
  const parts = [
    entity.metadata.annotations?.['waymark.io/title'] ?? typeOf(entity),
    entity.metadata.description,
  ].filter(Boolean);
  return parts.length > 0 ? (
    <span className={styles.description}>{parts.join(' · ')}</span>
  ) : null;
}

/** One entity in a list: its name, what it is, and what to beware of. */
export function EntityRow(props: {
  entityRef: string;
  entity: Entity | undefined;
  loading: boolean;
}) {
  const { entityRef, entity, loading } = props;
  const linkOf = useEntityRefLink();
  const { kind, name } = parseEntityRef(entityRef);

  if (!entity) {
    return (
      <li className={styles.row}>
        <span className={styles.text}>
          <span>{name}</span>
          {!loading && (
            <span className={styles.description}>
              Not in the catalog, or not for you to see
            </span>
          )}
        </span>
      </li>
    );
  }
  const title = titleOf(entity);
  const picture = (entity.spec?.profile as { picture?: string } | undefined)
    ?.picture;
  return (
    <li className={styles.row}>
      {kind === 'user' && (
        <Avatar
          size="small"
          purpose="decoration"
          name={title}
          src={picture ?? ''}
        />
      )}
      <span className={styles.text}>
        <span className={styles.name}>
          <Link href={linkOf(entity)} weight="bold">
            {title}
          </Link>
          <LifecycleBadge lifecycle={specText(entity, 'lifecycle')} quiet />
        </span>
        <Description entity={entity} />
      </span>
    </li>
  );
}
