import { usePermission } from '@backstage/plugin-permission-react';
import {
  costsImportCreatePermission,
  type Bill,
  type Import,
} from '@waymark/plugin-costs-common';
import { Button } from '@backstage/ui';
import { useBills } from '../live/questions';

/** Leads to taking an import back, for those who may hand in bills; nothing of one that does not count. */
export function WithdrawImport(props: {
  one: Import;
  /** Told what counts of it. */
  onAsk: (bills: Bill[]) => void;
}) {
  const { one, onAsk } = props;
  const { allowed } = usePermission({
    permission: costsImportCreatePermission,
  });
  const { value } = useBills();
  const bills =
    value?.items.filter(({ importId }) => importId === one.id) ?? [];
  if (!allowed || one.state !== 'done' || bills.length === 0) return null;
  return (
    <div>
      <Button size="small" variant="secondary" onPress={() => onAsk(bills)}>
        Take this import back
      </Button>
    </div>
  );
}
