import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  useEntityPresentation,
  useEntityRefLink,
  useStarredEntity,
} from '@backstage/plugin-catalog-react';
import { ToggleButton } from '@backstage/ui';
import { RiStarFill, RiStarLine } from '@remixicon/react';
import { Fragment, startTransition, useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { specText, targetsOf, titleOf, typeOf } from '../entity/related/fields';
import { LifecycleBadge } from '../entity/relations/LifecycleBadge';
import { hintsOf, wholesOf } from './hints';
import styles from './Catalog.module.css';

function Star({ entityRef, title }: { entityRef: string; title: string }) {
  const { isStarredEntity, toggleStarredEntity } = useStarredEntity(entityRef);
  return (
    <ToggleButton
      size="small"
      className={styles.star}
      aria-label={`Star ${title}`}
      isSelected={isStarredEntity}
      onChange={toggleStarredEntity}
      iconStart={isStarredEntity ? <RiStarFill /> : <RiStarLine />}
    />
  );
}

/** Where the page of an entity is; found once for a list, because finding it takes its time. */
type LinkOf = ReturnType<typeof useEntityRefLink>;

function RefLink({ entityRef, linkOf }: { entityRef: string; linkOf: LinkOf }) {
  const { primaryTitle } = useEntityPresentation(entityRef);
  return <Link to={linkOf(parseEntityRef(entityRef))}>{primaryTitle}</Link>;
}

function Refs(props: { label: string; refs: string[]; linkOf: LinkOf }) {
  return (
    <dd>
      <span className={styles.label} aria-hidden>
        {props.label}
      </span>
      {props.refs.length === 0 && <span className={styles.none}>none</span>}
      {props.refs.map((ref, index) => (
        <Fragment key={ref}>
          {index > 0 && ', '}
          <RefLink entityRef={ref} linkOf={props.linkOf} />
        </Fragment>
      ))}
    </dd>
  );
}

/** One entity in the list: what it is, whose, how far it can be relied on. */
function CatalogRow({ entity, linkOf }: { entity: Entity; linkOf: LinkOf }) {
  const ref = stringifyEntityRef(entity);
  const title = titleOf(entity);
  const hints = hintsOf(entity);
  const lifecycle = specText(entity, 'lifecycle');
  return (
    <li className={styles.row}>
      <Star entityRef={ref} title={title} />
      <div className={styles.main}>
        <Link to={linkOf(entity)} className={styles.name}>
          {title}
        </Link>
        {entity.metadata.description && (
          <p className={styles.description}>{entity.metadata.description}</p>
        )}
      </div>
      <dl className={styles.facts}>
        <dt>Type</dt>
        <dd className={styles.type}>{typeOf(entity) ?? entity.kind}</dd>
        <dt>Owner</dt>
        <Refs
          label="Owner"
          refs={targetsOf(entity, 'ownedBy')}
          linkOf={linkOf}
        />
        <dt>Part of</dt>
        <Refs label="Part of" refs={wholesOf(entity)} linkOf={linkOf} />
        <dt>State</dt>
        <dd className={styles.state}>
          <LifecycleBadge lifecycle={lifecycle} />
          {hints.map(({ text, why, tone }) => (
            <span
              key={text}
              className={styles.hint}
              data-tone={tone}
              title={why}
            >
              {text}
            </span>
          ))}
        </dd>
      </dl>
    </li>
  );
}

/** More than what stands on a large screen. */
const firstScreen = 12;

/** Entities one below the other: what is seen at once, then the rest. */
export function CatalogRows({ entities }: { entities: Entity[] }) {
  const linkOf = useEntityRefLink();
  const [isWhole, setWhole] = useState(false);
  useEffect(() => startTransition(() => setWhole(true)), []);
  const shown = isWhole ? entities : entities.slice(0, firstScreen);
  return (
    <ul className={styles.rows}>
      {shown.map(entity => (
        <CatalogRow
          key={stringifyEntityRef(entity)}
          entity={entity}
          linkOf={linkOf}
        />
      ))}
    </ul>
  );
}
