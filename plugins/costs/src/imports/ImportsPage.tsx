import { usePermission } from '@backstage/plugin-permission-react';
import { costsImportCreatePermission } from '@waymark/plugin-costs-common';
import { Button, Container, Skeleton } from '@backstage/ui';
import { RiUploadLine } from '@remixicon/react';
import {
  Failure,
  offsetOf,
  Pages,
  Panel,
  useAddress,
  useAskingAgain,
} from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { useBills, useImports } from '../live/questions';
import { NoBills } from '../parts/NoBills';
import { goesOn } from '../words/imports';
import { BillTable } from './BillTable';
import { ImportDialog } from './ImportDialog';
import { ImportTable } from './ImportTable';
import { UploadDialog } from './UploadDialog';
import styles from './Imports.module.css';

const limit = 20;

function Bills(props: {
  live: ReturnType<typeof useBills>;
  hrefOf: (id: string) => string;
}) {
  const { value, error, loading, refresh } = props.live;
  return (
    <Panel
      title="What counts now"
      lead="Each source and billing period by the file that said so last. Lay the invoice beside what is billed: both are exact."
      isBusy={loading}
    >
      {error && (
        <Failure
          title="The bills could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={240} />}
      {value &&
        (value.items.length > 0 ? (
          <BillTable bills={value.items} hrefOf={props.hrefOf} />
        ) : (
          <NoBills title="No bill is known yet" />
        ))}
    </Panel>
  );
}

/** The files that came in and what became of them, and what counts of each billing period. */
export function ImportsPage() {
  const { params, change, hrefWith } = useAddress();
  const offset = offsetOf(params.get('offset'));
  const { value, error, loading, refresh } = useImports({ limit, offset });
  const { allowed } = usePermission({
    permission: costsImportCreatePermission,
  });
  const [isUploading, setUploading] = useState(false);
  const opened = params.get('import');
  const bills = useBills();
  const hrefOf = (id: string) => hrefWith({ import: id });
  useAskingAgain(
    value?.items.some(({ state }) => goesOn(state)) ?? false,
    refresh,
  );

  return (
    <Container>
      <div className={styles.page}>
        <Bills live={bills} hrefOf={hrefOf} />
        <Panel
          title="Files"
          lead="What came in, newest first. A file replaces what its source said of the same billing periods before; a refused one changes nothing."
          isBusy={loading}
          aside={
            allowed && (
              <Button
                size="small"
                iconStart={<RiUploadLine />}
                onPress={() => setUploading(true)}
              >
                Hand in a bill
              </Button>
            )
          }
        >
          {error && (
            <Failure
              title="The imports could not be read"
              error={error}
              onRetry={refresh}
            />
          )}
          {!value && !error && <Skeleton width="100%" height={240} />}
          {value && value.total === 0 && (
            <p className={styles.text}>No file came in yet.</p>
          )}
          {value && value.total > 0 && (
            <>
              <ImportTable imports={value.items} hrefOf={hrefOf} />
              <Pages
                of="imports"
                offset={offset}
                limit={limit}
                total={value.total}
                onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
              />
            </>
          )}
        </Panel>
        {isUploading && (
          <UploadDialog
            onDone={({ id }) => {
              setUploading(false);
              refresh();
              change({ import: id });
            }}
            onClose={() => setUploading(false)}
          />
        )}
        {opened && (
          <ImportDialog
            key={opened}
            id={opened}
            onChanged={() => {
              refresh();
              bills.refresh();
            }}
            onClose={() => change({ import: undefined })}
          />
        )}
      </div>
    </Container>
  );
}
