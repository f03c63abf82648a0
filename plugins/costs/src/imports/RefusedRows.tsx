import type { ImportReport } from '@waymark/plugin-costs-common';
import { Button } from '@backstage/ui';
import { count, DataTable } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import styles from './Imports.module.css';

/** As many as somebody looks at first. */
const few = 20;

/** What the table does not show, and the report does not have. */
function leftOut(refused: ImportReport['refused'], shown: number): string {
  const { rows } = refused;
  if (shown < rows.length) return `The first ${shown} are shown.`;
  return rows.length < refused.count
    ? `The report has the first ${rows.length}.`
    : '';
}

/** Rows that cannot be taken, with the first thing that is wrong in each. */
export function RefusedRows({ refused }: { refused: ImportReport['refused'] }) {
  const [isWhole, setWhole] = useState(false);
  const { rows } = refused;
  const shown = isWhole ? rows : rows.slice(0, few);
  return (
    <section>
      <h3>{count(refused.count, 'row')} refused</h3>
      <p className={styles.text}>
        {`Of each row the first thing that is wrong in it. ${leftOut(
          refused,
          shown.length,
        )}`.trim()}
      </p>
      <DataTable
        label="Refused rows"
        columns={[
          { title: 'Line', render: ({ line }) => line },
          { title: 'Column', render: ({ column }) => column },
          { title: 'Why', render: ({ reason }) => reason },
        ]}
        rows={shown}
        keyOf={({ line, column }, index) => `${line} ${column} ${index}`}
      />
      {shown.length < rows.length && (
        <Button size="small" variant="secondary" onPress={() => setWhole(true)}>
          {`Show ${rows.length}`}
        </Button>
      )}
    </section>
  );
}
