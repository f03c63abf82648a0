import { Alert, Skeleton, TextField } from '@backstage/ui';
import type { ResourceDetail } from '@waymark/plugin-infrastructure-common';
import { EntityName, Failure } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { People } from '../parts/People';
import { AskDialog } from './AskDialog';
import { useDependents } from './useDependents';

function Dependents({ entityRef }: { entityRef: string }) {
  const { answer, failure, state, retry } = useDependents(entityRef);
  if (state === 'failed') {
    return (
      <Failure
        title="What depends on it could not be read"
        error={new Error(failure)}
        onRetry={retry}
      />
    );
  }
  if (!answer) return <Skeleton width="100%" height={48} />;
  if (answer.length === 0) {
    return <p>Nothing in the catalog depends on it.</p>;
  }
  return (
    <Alert
      status="danger"
      icon
      title="Who would feel it"
      description={
        <ul>
          {answer.map(({ entityRef: dependent, owners, onCall }) => (
            <li key={dependent}>
              <EntityName entityRef={dependent} />
              {owners.length > 0 && (
                <>
                  {', of '}
                  <People refs={owners} />
                </>
              )}
              {onCall && ` (on call: ${onCall})`}
            </li>
          ))}
        </ul>
      }
    />
  );
}

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
      <Dependents entityRef={entityRef} />
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
