import type { Entity } from '@backstage/catalog-model';
import {
  ExtensionBoundary,
  type AppNode,
} from '@backstage/frontend-plugin-api';
import type { EntityContextMenuItemData } from '@backstage/plugin-catalog-react/alpha';
import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiMore2Line } from '@remixicon/react';

/** What a plugin offers to do with an entity. */
export type Offer = {
  node: AppNode;
  data: EntityContextMenuItemData;
  /** Whether it is offered for an entity; absent when it is for all. */
  isFor?: (entity: Entity) => boolean;
};

function Deed({ data: { icon, useProps } }: Pick<Offer, 'data'>) {
  const { title, disabled, onClick, ...rest } = useProps();
  return (
    <MenuItem
      iconStart={icon}
      isDisabled={disabled}
      // Whatever is offered tells of its own failures.
      onAction={() => void onClick?.()}
      {...('href' in rest ? { href: rest.href } : {})}
    >
      {title}
    </MenuItem>
  );
}

/** What else can be done with an entity. */
export function EntityMenu(props: { entity: Entity; offers: Offer[] }) {
  const { entity, offers } = props;
  const offered = offers.filter(({ isFor }) => !isFor || isFor(entity));
  return (
    <MenuTrigger>
      <ButtonIcon
        variant="secondary"
        icon={<RiMore2Line />}
        aria-label="More"
      />
      <Menu placement="bottom end">
        {offered.map(({ node, data }) => (
          <ExtensionBoundary
            key={node.spec.id}
            node={node}
            errorPresentation="error-api"
          >
            <Deed data={data} />
          </ExtensionBoundary>
        ))}
      </Menu>
    </MenuTrigger>
  );
}
