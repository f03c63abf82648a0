import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import type {
  NewRequest,
  ResourceDetail,
} from '@waymark/plugin-infrastructure-common';
import { EntityName, Failure } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { infrastructureApiRef } from '../api/InfrastructureApi';
import { useKey } from '../api/useKey';
import { People } from '../parts/People';
import { useDeed } from '../parts/useDeed';
import { requestRouteRef } from '../routes';
import { useDependents } from './useDependents';
import styles from './Resource.module.css';

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
          {answer.map(({ entityRef: dependent, owners }) => (
            <li key={dependent}>
              <EntityName entityRef={dependent} />
              {owners.length > 0 && (
                <>
                  {', of '}
                  <People refs={owners} />
                </>
              )}
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
  const api = useApi(infrastructureApiRef);
  const navigate = useNavigate();
  const requestHref = useRouteRef(requestRouteRef);
  const keyOf = useKey();
  const deed = useDeed();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');

  const destroy = () =>
    deed.run(async () => {
      const request: NewRequest = {
        kind: 'destroy',
        resourceId: resource.id,
        reason: reason.trim() || undefined,
      };
      const { id } = await api.createRequest(request, keyOf(request));
      navigate(requestHref?.({ id }) ?? '');
    });

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={560}>
      <DialogHeader>{`Destroy ${resource.name}`}</DialogHeader>
      <DialogBody>
        <div className={styles.dialog}>
          <p>
            {`This asks for the end of ${resource.name} in ${resource.environment}, with all that is kept there. It cannot be brought back. Policy says whether somebody has to approve it first.`}
          </p>
          <Dependents entityRef={resource.entityRef} />
          <TextField
            label="Name"
            description={`Type ${resource.name} to confirm.`}
            value={typed}
            onChange={setTyped}
            autoComplete="off"
            spellCheck="false"
          />
          <TextAreaField
            label="Reason"
            value={reason}
            onChange={setReason}
            maxLength={2000}
          />
          {deed.error && (
            <Failure title="The request was not taken" error={deed.error} />
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Keep it
        </Button>
        <Button
          variant="primary"
          destructive
          isDisabled={typed !== resource.name}
          isPending={deed.isPending}
          onPress={destroy}
        >
          Request its end
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
