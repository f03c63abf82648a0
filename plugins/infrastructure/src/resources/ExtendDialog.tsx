import { NumberField } from '@backstage/ui';
import type { ResourceDetail } from '@waymark/plugin-infrastructure-common';
import { timeText } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { AskDialog } from './AskDialog';

const mostDays = 365;
const usualDays = 30;

/** Asks for more days until a resource ends by itself. */
export function ExtendDialog(props: {
  resource: ResourceDetail;
  onClose: () => void;
}) {
  const { id, name, expiresAt } = props.resource;
  const [days, setDays] = useState(usualDays);
  const isRight = Number.isInteger(days) && days >= 1 && days <= mostDays;
  return (
    <AskDialog
      title={`Extend ${name}`}
      request={
        isRight
          ? { kind: 'extend', resourceId: id, timeToLiveDays: days }
          : undefined
      }
      words={{ ask: 'Request the extension', leave: 'Leave it' }}
      onClose={props.onClose}
    >
      <p>
        {expiresAt
          ? `It ends ${timeText(expiresAt)}. `
          : 'It has no end yet, and gets one. '}
        Nothing of it is touched; only its end moves.
      </p>
      <NumberField
        label="Days from now"
        description="When they are over it is destroyed, after a warning."
        value={days}
        onChange={setDays}
        minValue={1}
        maxValue={mostDays}
      />
    </AskDialog>
  );
}
