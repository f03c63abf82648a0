import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  costsImportCreatePermission,
  type Import,
} from '@waymark/plugin-costs-common';
import { Button } from '@backstage/ui';
import { Failure } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { costsApiRef } from '../api/CostsApi';
import { goesOn } from '../words/imports';

/** Ends an import that is not over, for those who may hand in bills. */
export function CancelImport(props: { one: Import; onDone: () => void }) {
  const { one, onDone } = props;
  const costs = useApi(costsApiRef);
  const { allowed } = usePermission({
    permission: costsImportCreatePermission,
  });
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<Error>();
  if (!allowed || !goesOn(one.state)) return null;

  const cancel = async () => {
    setPending(true);
    setError(undefined);
    try {
      await costs.cancelImport(one.id);
    } catch (reason) {
      setError(reason as Error);
    }
    setPending(false);
    onDone();
  };

  return (
    <>
      <div>
        <Button
          size="small"
          variant="secondary"
          isDisabled={isPending}
          onPress={cancel}
        >
          Cancel this import
        </Button>
      </div>
      {error && <Failure title="It was not cancelled" error={error} />}
    </>
  );
}
