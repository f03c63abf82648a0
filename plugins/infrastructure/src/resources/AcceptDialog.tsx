import type { ResourceDetail } from '@waymark/plugin-infrastructure-common';
import { AskDialog } from './AskDialog';

/** Asks that what is there counts as what is wanted. */
export function AcceptDialog(props: {
  resource: ResourceDetail;
  onClose: () => void;
}) {
  const { id, name, state } = props.resource;
  return (
    <AskDialog
      title={`Accept ${name} as it is`}
      request={{ kind: 'accept', resourceId: id }}
      words={{ ask: 'Request it', leave: 'Leave it' }}
      onClose={props.onClose}
    >
      <p>
        {state === 'drifted'
          ? 'What differs stays, and is no drift any more as long as it is the same. The next update would bring it back.'
          : 'The portal looks what is there, and takes it for what is wanted. Secrets that were made meanwhile are not known to it: an update makes new ones.'}
      </p>
    </AskDialog>
  );
}
