import type { ResourceDetail } from '@waymark/plugin-infrastructure-common';
import { EntityCombobox, EntityName } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { AskDialog } from './AskDialog';

/** Asks another group to take a resource over. */
export function TransferDialog(props: {
  resource: ResourceDetail;
  onClose: () => void;
}) {
  const { id, name, owner: present } = props.resource;
  const [owner, setOwner] = useState<string>();
  const [component, setComponent] = useState<string>();
  return (
    <AskDialog
      title={`Give ${name} to another group`}
      request={
        owner && owner !== present
          ? { kind: 'transfer', resourceId: id, owner, component }
          : undefined
      }
      words={{ ask: 'Ask the group', leave: 'Keep it' }}
      onClose={props.onClose}
    >
      <p>
        A lead of the group that is to own it has to accept. Its tags, and what
        it takes of quota and budget, move with it; secrets are made anew for
        the new owner. Until then it stays with{' '}
        <EntityName entityRef={present} />.
      </p>
      <EntityCombobox
        label="New owner"
        description="The group that owns it, pays for it and alone sees its secrets from then on."
        query={{ kind: 'Group' }}
        entityRef={owner}
        onChange={setOwner}
        isRequired
      />
      <EntityCombobox
        label="Component"
        description="What is to use it. Empty: the same as now."
        query={{ kind: 'Component' }}
        entityRef={component}
        onChange={setComponent}
      />
    </AskDialog>
  );
}
