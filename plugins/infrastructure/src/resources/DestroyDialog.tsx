import { TextField } from '@backstage/ui';
import type { ResourceDetail } from '@waymark/plugin-infrastructure-common';
import { useState } from 'react';
import { AskDialog } from './AskDialog';
import { Dependents } from './Dependents';

/** Asks for the end of a resource, once its name was typed. */
export function DestroyDialog(props: {
  resource: ResourceDetail;
  onClose: () => void;
}) {
  const { resource, onClose } = props;
  const { id, name, environment, entityRef } = resource;
  const [typed, setTyped] = useState('');
  return (
    <AskDialog
      title={`Destroy ${name}`}
      request={typed === name ? { kind: 'destroy', resourceId: id } : undefined}
      words={{ ask: 'Request its end', leave: 'Keep it' }}
      isDestructive
      onClose={onClose}
    >
      <p>
        {`This asks for the end of ${name} in ${environment}, with all that is kept there. It cannot be brought back. Policy says whether somebody has to approve it first.`}
      </p>
      <Dependents entityRef={entityRef} warning="Who would feel it" />
      <TextField
        label="Name"
        description={`Type ${name} to confirm.`}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
        spellCheck="false"
      />
    </AskDialog>
  );
}
