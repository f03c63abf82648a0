import type {
  Bill,
  Import,
  ImportReport,
  Withdrawal,
} from '@waymark/plugin-costs-common';
import { Dialog, DialogBody, DialogHeader, Skeleton } from '@backstage/ui';
import {
  count,
  DataTable,
  Failure,
  Mark,
  timeText,
  useAskingAgain,
} from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { useImport } from '../live/questions';
import { difference } from '../money/decimal';
import { exactMoney, moneyChange } from '../money/words';
import { monthTitle } from '../view/months';
import { goesOn, progressText, sizeText, stateWords } from '../words/imports';
import { CancelImport } from './CancelImport';
import { CountedTable } from './CountedTable';
import styles from './Imports.module.css';
import { ProgressLine } from './ProgressLine';
import { RefusedRows } from './RefusedRows';
import { WithdrawDialog } from './WithdrawDialog';
import { WithdrawImport } from './WithdrawImport';

function Columns({ columns }: { columns: ImportReport['columns'] }) {
  const { missing, unknown, wrongType } = columns;
  if (missing.length + unknown.length + wrongType.length === 0) return null;
  return (
    <section>
      <h3>Columns</h3>
      <ul className={styles.list}>
        {missing.length > 0 && <li>Missing: {missing.join(', ')}</li>}
        {unknown.length > 0 && (
          <li>None of FOCUS, and left out: {unknown.join(', ')}</li>
        )}
        {wrongType.map(({ column, rows, example }) => (
          <li key={column}>
            {`${column} cannot be read in ${count(rows, 'row')}${
              example === null ? '' : `, such as “${example}”`
            }`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Report({ report }: { report: ImportReport }) {
  const { focusVersion, format, rows, refused, periods, warnings } = report;
  return (
    <>
      <p className={styles.text}>
        {`${
          focusVersion ? `FOCUS ${focusVersion}` : 'Not FOCUS'
        } in ${format}, ${count(rows, 'row')}.`}
      </p>
      <Columns columns={report.columns} />
      {refused.count > 0 && <RefusedRows refused={refused} />}
      {warnings.length > 0 && (
        <section>
          <h3>Worth a look</h3>
          <ul className={styles.list}>
            {warnings.map(warning => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </section>
      )}
      {periods.length > 0 && (
        <section>
          <h3>What it says</h3>
          <DataTable
            label="Billing periods of the file"
            columns={[
              {
                title: 'Billing period',
                render: period =>
                  monthTitle(period.billingPeriodStart.slice(0, 7)),
              },
              {
                title: 'Billed',
                isFigure: true,
                render: ({ totals, currency }) =>
                  exactMoney(totals.BilledCost, currency),
              },
              {
                title: 'Before',
                isFigure: true,
                render: ({ totals, replaced, currency }) =>
                  replaced
                    ? `${exactMoney(
                        replaced.totals.BilledCost,
                        currency,
                      )} (${moneyChange(
                        difference(
                          totals.BilledCost,
                          replaced.totals.BilledCost,
                        ),
                        currency,
                      )})`
                    : 'Nothing',
              },
            ]}
            rows={periods}
            keyOf={({ billingPeriodStart, currency }) =>
              `${billingPeriodStart} ${currency}`
            }
          />
        </section>
      )}
    </>
  );
}

function TakenBack({ withdrawal }: { withdrawal: Withdrawal }) {
  const { at, by, reason, periods } = withdrawal;
  return (
    <section className={styles.told}>
      <h3>Taken back</h3>
      <p className={styles.text}>
        {`On ${timeText(at)} by ${by}: “${reason}”. Until then this counted:`}
      </p>
      <CountedTable label="What counted until then" periods={periods} />
    </section>
  );
}

function Facts({ one }: { one: Import }) {
  return (
    <>
      <Mark {...stateWords[one.state]} />
      <p className={styles.text}>
        {`Of ${one.source}, ${sizeText(one.bytes)}, came in on ${timeText(
          one.createdAt,
        )} from ${one.createdBy}.`}
      </p>
      {one.progress && (
        <ProgressLine {...one.progress} text={progressText(one.progress)} />
      )}
      {one.error && (
        <p role="alert" className={styles.problem}>
          {one.error}
        </p>
      )}
      {one.withdrawal && <TakenBack withdrawal={one.withdrawal} />}
      {one.report && <Report report={one.report} />}
    </>
  );
}

/** One file: how far it is, what was found in it, and what it replaced. */
export function ImportDialog(props: {
  id: string;
  /** Called when something else counts than before. */
  onChanged: () => void;
  onClose: () => void;
}) {
  const { id, onChanged, onClose } = props;
  const { value, error, refresh } = useImport(id);
  useAskingAgain(value ? goesOn(value.state) : false, refresh);
  const [goes, setGoes] = useState<Bill[]>();
  if (value && goes) {
    return (
      <WithdrawDialog
        one={value}
        bills={goes}
        onDone={() => {
          setGoes(undefined);
          refresh();
          onChanged();
        }}
        onClose={() => setGoes(undefined)}
      />
    );
  }
  return (
    <Dialog
      isOpen
      isDismissable
      width={720}
      onOpenChange={open => !open && onClose()}
    >
      <DialogHeader>{value?.filename ?? 'Import'}</DialogHeader>
      <DialogBody>
        <div className={styles.stack}>
          {error && (
            <Failure
              title="The import could not be read"
              error={error}
              onRetry={refresh}
            />
          )}
          {!value && !error && <Skeleton width="100%" height={160} />}
          {value && <Facts one={value} />}
          {value && <CancelImport one={value} onDone={refresh} />}
          {value && <WithdrawImport one={value} onAsk={setGoes} />}
        </div>
      </DialogBody>
    </Dialog>
  );
}
