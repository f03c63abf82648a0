import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import type { ResourceDetail } from '@waymark/plugin-infrastructure-common';
import { useState } from 'react';
import { formRouteRef } from '../routes';
import { production } from '../words/states';
import { AcceptDialog } from './AcceptDialog';
import { DestroyDialog } from './DestroyDialog';
import { ExtendDialog } from './ExtendDialog';
import { TransferDialog } from './TransferDialog';

type Shown = 'accept' | 'destroy' | 'extend' | 'transfer';

const dialogs = {
  accept: AcceptDialog,
  destroy: DestroyDialog,
  extend: ExtendDialog,
  transfer: TransferDialog,
};

/** What those who own a resource may ask for, as its state allows. */
export function Actions({ resource }: { resource: ResourceDetail }) {
  const { id, state, environment, offering, may } = resource;
  const formHref = useRouteRef(formRouteRef)?.({ name: offering });
  const [shown, setShown] = useState<Shown>();
  if (!may.change) return null;
  const isSettled = state === 'ready' || state === 'drifted';
  const isAstray = state === 'failed' || state === 'interrupted';
  const Dialog = shown && dialogs[shown];
  return (
    <>
      <ButtonLink
        variant="secondary"
        href={`${formHref ?? ''}?${new URLSearchParams({ resource: id })}`}
      >
        Update
      </ButtonLink>
      {isAstray && (
        <Button variant="secondary" onPress={() => setShown('accept')}>
          Accept as it is
        </Button>
      )}
      {isSettled && environment !== production && (
        <Button variant="secondary" onPress={() => setShown('extend')}>
          Extend
        </Button>
      )}
      {isSettled && (
        <Button variant="secondary" onPress={() => setShown('transfer')}>
          Transfer
        </Button>
      )}
      {state !== 'requested' && (
        <Button
          variant="secondary"
          destructive
          onPress={() => setShown('destroy')}
        >
          Destroy
        </Button>
      )}
      {Dialog && (
        <Dialog resource={resource} onClose={() => setShown(undefined)} />
      )}
    </>
  );
}
