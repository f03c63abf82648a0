import { usePermission } from '@backstage/plugin-permission-react';
import {
  costsImportCreatePermission,
  type Bill,
  type Import,
} from '@waymark/plugin-costs-common';
import { Button } from '@backstage/ui';
import { useBills } from '../live/questions';

type WithdrawImportProps = {
  one: Import;
  /** Told what counts of it. */
  onAsk: (bills: Bill[]) => void;
};

function OfWhatCounts({ one, onAsk }: WithdrawImportProps) {
  const { value } = useBills();
  const bills =
    value?.items.filter(({ importId }) => importId === one.id) ?? [];
  if (bills.length === 0) return null;
  return (
    <div>
      <Button size="small" variant="secondary" onPress={() => onAsk(bills)}>
        Take this import back
      </Button>
    </div>
  );
}

/** Leads to taking an import back, for those who may hand in bills; nothing of one that does not count. */
export function WithdrawImport(props: WithdrawImportProps) {
  const { allowed } = usePermission({
    permission: costsImportCreatePermission,
  });
  // What counts is asked once it is done: before that it is something else.
  return allowed && props.one.state === 'done' ? (
    <OfWhatCounts {...props} />
  ) : null;
}
