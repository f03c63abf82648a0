import {
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { useRouteRefParams } from '@backstage/frontend-plugin-api';
import {
  entityRouteRef,
  getEntityRelations,
  useAsyncEntity,
  useEntityPresentation,
  useStarredEntity,
} from '@backstage/plugin-catalog-react';
import type { EntityHeaderLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import { ButtonIcon, Header } from '@backstage/ui';
import { RiStarFill, RiStarLine } from '@remixicon/react';
import { EntityName } from '@waymark/plugin-parts-react';
import styles from './EntityHeader.module.css';
import { EntityMenu, type Offer } from './EntityMenu';

/** What a thing that others are part of is called, where it is not just called so. */
const wholes: Record<string, string> = { system: 'System', domain: 'Domain' };

function Names({ entityRefs }: { entityRefs: string[] }) {
  return (
    <ul className={styles.names}>
      {entityRefs.map(entityRef => (
        <li key={entityRef}>
          <EntityName entityRef={entityRef} />
        </li>
      ))}
    </ul>
  );
}

/** The few facts that place an entity: how mature, whose, and of what it is a part. */
function factsOf(entity: Entity) {
  const named = new Map<string, string[]>();
  const note = (label: string, entityRef: string) =>
    named.set(label, [...(named.get(label) ?? []), entityRef]);
  for (const ref of getEntityRelations(entity, RELATION_OWNED_BY)) {
    note('Owner', stringifyEntityRef(ref));
  }
  for (const ref of getEntityRelations(entity, RELATION_PART_OF)) {
    note(wholes[ref.kind.toLowerCase()] ?? 'Part of', stringifyEntityRef(ref));
  }
  const lifecycle = entity.spec?.lifecycle?.toString();
  return [
    ...(lifecycle ? [{ label: 'Lifecycle', value: lifecycle }] : []),
    ...[...named].map(([label, entityRefs]) => ({
      label,
      value: <Names entityRefs={entityRefs} />,
    })),
  ];
}

function Star({ entity }: { entity: Entity }) {
  const { isStarredEntity, toggleStarredEntity } = useStarredEntity(entity);
  return (
    <ButtonIcon
      variant="secondary"
      aria-label={isStarredEntity ? 'Remove the star' : 'Star it'}
      icon={isStarredEntity ? <RiStarFill /> : <RiStarLine />}
      onPress={toggleStarredEntity}
    />
  );
}

/** The head of every entity's page; whom it names, it calls by their titles. */
export function EntityHeader(
  props: EntityHeaderLayoutProps & { offers: Offer[] },
) {
  const { tabs, activeTabId, offers } = props;
  const { entity } = useAsyncEntity();
  const address = useRouteRefParams(entityRouteRef);
  const { primaryTitle } = useEntityPresentation(entity ?? address);
  const type = entity?.spec?.type?.toString();
  return (
    <Header
      title={primaryTitle}
      tags={[
        { label: entity?.kind ?? address.kind },
        ...(type ? [{ label: type }] : []),
      ]}
      metadata={entity ? factsOf(entity) : []}
      tabs={entity && tabs}
      activeTabId={activeTabId}
      customActions={
        entity && (
          <>
            <Star entity={entity} />
            <EntityMenu entity={entity} offers={offers} />
          </>
        )
      }
    />
  );
}
