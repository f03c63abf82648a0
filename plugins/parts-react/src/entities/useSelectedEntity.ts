import {
  parseEntityRef,
  RELATION_HAS_MEMBER,
  type Entity,
} from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useEffect, useRef, useState } from 'react';
import { choiceFields, toChoice, type EntityChoice } from './entityChoice';
import type { EntityQuery } from './useEntityChoices';

/**
 * The choice that belongs to a reference. Where nothing is chosen yet, it may
 * begin with the person's own group.
 */
export function useSelectedEntity(options: {
  entityRef: string | undefined;
  query: EntityQuery;
  beginsWithOwn: boolean;
  onChange: (entityRef: string | undefined) => void;
}) {
  const { entityRef, query, beginsWithOwn, onChange } = options;
  const catalog = useApi(catalogApiRef);
  const [known, setKnown] = useState<EntityChoice | null>(null);
  const ownGroup = useOwnGroup(query, beginsWithOwn && !entityRef);

  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    if (ownGroup) {
      setKnown(ownGroup);
      change.current(ownGroup.id);
    }
  }, [ownGroup]);

  const isKnown = known?.id === entityRef;
  useEffect(() => {
    let current = true;
    if (entityRef && !isKnown) {
      // What cannot be read is shown by its reference; validation says what is wrong.
      const asWritten = { id: entityRef, textValue: entityRef };
      catalog.getEntityByRef(entityRef).then(
        entity => current && setKnown(entity ? toChoice(entity) : asWritten),
        () => current && setKnown(asWritten),
      );
    }
    return () => {
      current = false;
    };
  }, [catalog, entityRef, isKnown]);

  return {
    selected: entityRef && isKnown ? known : null,
    select: (choice: EntityChoice | null) => {
      setKnown(choice);
      onChange(choice?.id);
    },
  };
}

function hasMember(group: Entity, member: string): boolean {
  return Boolean(
    group.relations?.some(
      ({ type, targetRef }) =>
        type === RELATION_HAS_MEMBER && targetRef === member,
    ),
  );
}

/** The first group of the person that can be chosen, looked up once. */
function useOwnGroup({ kind, type, member }: EntityQuery, isWanted: boolean) {
  const catalog = useApi(catalogApiRef);
  const identity = useApi(identityApiRef);
  const [group, setGroup] = useState<EntityChoice>();
  const wanted = useRef(isWanted);

  useEffect(() => {
    let current = true;
    async function find() {
      const { ownershipEntityRefs } = await identity.getBackstageIdentity();
      const entityRefs = ownershipEntityRefs.filter(
        ref => parseEntityRef(ref).kind === 'group',
      );
      const { items } = await catalog.getEntitiesByRefs({
        entityRefs,
        fields: choiceFields,
      });
      return items.find(
        item =>
          item &&
          (!type || item.spec?.type === type) &&
          (!member || hasMember(item, member)),
      );
    }
    if (wanted.current && kind.toLocaleLowerCase('en-US') === 'group') {
      find().then(
        own => current && own && setGroup(toChoice(own)),
        // Without a suggestion, the person chooses.
        () => undefined,
      );
    }
    return () => {
      current = false;
    };
  }, [catalog, identity, kind, type, member]);

  return group;
}
