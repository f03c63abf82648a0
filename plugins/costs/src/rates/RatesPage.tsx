import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Container, Select, Skeleton } from '@backstage/ui';
import { RiAddLine, RiFileUploadLine } from '@remixicon/react';
import {
  costsRatesUpdatePermission,
  type ExchangeRate,
} from '@waymark/plugin-costs-common';
import {
  count,
  DataTable,
  dateText,
  EntityName,
  Failure,
  NothingKnown,
  offsetOf,
  Pages,
  Panel,
  periodText,
  useAddress,
  type Column,
} from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { useRates } from '../live/questions';
import { RateDialog } from './RateDialog';
import { RateFileDialog } from './RateFileDialog';
import styles from './Rates.module.css';

const limit = 50;
const all = 'all';

const columnsWith = (
  onChange: ((rate: ExchangeRate) => void) | undefined,
): Column<ExchangeRate>[] => [
  {
    title: 'Rate',
    render: ({ from, to, rate }) => `1 ${from} = ${rate} ${to}`,
  },
  {
    title: 'Holds',
    render: ({ day, holdsUntil }) =>
      periodText({ from: day, to: holdsUntil }, 'UTC'),
  },
  { title: 'Source', render: ({ source }) => source },
  {
    title: 'Set by',
    render: ({ setBy, setAt }) => (
      <span className={styles.what}>
        <span>
          {setBy.startsWith('user:') ? <EntityName entityRef={setBy} /> : setBy}
        </span>
        <span className={styles.small}>{dateText(setAt)}</span>
      </span>
    ),
  },
  ...(onChange
    ? [
        {
          title: 'Change',
          render: (rate: ExchangeRate) => (
            <Button
              size="small"
              variant="secondary"
              aria-label={`Change the rate of ${rate.from} in ${rate.to} from ${rate.day}`}
              onPress={() => onChange(rate)}
            >
              Change
            </Button>
          ),
        },
      ]
    : []),
];

/** What currencies are in each other, from which day on, and who says so. */
export function RatesPage() {
  const { params, change } = useAddress();
  const offset = offsetOf(params.get('offset'));
  const from = params.get('from') ?? undefined;
  const { value, error, loading, refresh } = useRates({
    ...(from ? { from } : {}),
    limit,
    offset,
  });
  const { value: newest } = useRates({ limit: 200 });
  const { allowed } = usePermission({ permission: costsRatesUpdatePermission });
  const [opened, setOpened] = useState<'new' | 'file' | ExchangeRate>();
  const [told, setTold] = useState<string>();
  const currencies = [
    ...new Set([
      ...(from ? [from] : []),
      ...(newest?.items.map(rate => rate.from) ?? []),
    ]),
  ].sort();
  const done = (text: string) => {
    setOpened(undefined);
    setTold(text);
    refresh();
  };
  return (
    <Container>
      <div className={styles.page}>
        <Panel
          title="Exchange rates"
          lead="By these, pages convert bills into one currency, each day by the rate that holds on it. Where none holds, nothing is converted. What bills say is never changed."
          isBusy={loading}
          aside={
            <>
              {currencies.length > 1 && (
                <Select
                  aria-label="Of which currency"
                  className={styles.currency}
                  options={[
                    { value: all, label: 'All currencies' },
                    ...currencies.map(one => ({ value: one, label: one })),
                  ]}
                  value={from ?? all}
                  onChange={key =>
                    change({
                      from: key === all ? undefined : String(key),
                      offset: undefined,
                    })
                  }
                />
              )}
              {allowed && (
                <>
                  <Button
                    size="small"
                    variant="secondary"
                    iconStart={<RiFileUploadLine />}
                    onPress={() => setOpened('file')}
                  >
                    From a file
                  </Button>
                  <Button
                    size="small"
                    iconStart={<RiAddLine />}
                    onPress={() => setOpened('new')}
                  >
                    Set a rate
                  </Button>
                </>
              )}
            </>
          }
        >
          <p role="status" className={styles.text} hidden={!told}>
            {told}
          </p>
          {error && (
            <Failure
              title="The exchange rates could not be read"
              error={error}
              onRetry={refresh}
            />
          )}
          {!value && !error && <Skeleton width="100%" height={240} />}
          {value && value.total === 0 && (
            <NothingKnown
              title="No exchange rate is known"
              text="Bills in several currencies stay apart: no rate is guessed."
            >
              <li>
                {allowed
                  ? 'Set a rate for each month, or bring those of your bank as a file.'
                  : 'Platform engineers set them, or bring them as a file.'}
              </li>
            </NothingKnown>
          )}
          {value && value.total > 0 && (
            <>
              <DataTable
                label="Exchange rates"
                columns={columnsWith(allowed ? setOpened : undefined)}
                rows={value.items}
                keyOf={rate => `${rate.from} ${rate.to} ${rate.day}`}
              />
              <Pages
                of="exchange rates"
                offset={offset}
                limit={limit}
                total={value.total}
                onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
              />
            </>
          )}
        </Panel>
        {opened === 'file' && (
          <RateFileDialog
            onDone={({ added, changed, unchanged }) =>
              done(
                `${count(
                  added,
                  'rate',
                )} added, ${changed} changed, ${unchanged} as before.`,
              )
            }
            onClose={() => setOpened(undefined)}
          />
        )}
        {opened && opened !== 'file' && (
          <RateDialog
            rate={opened === 'new' ? undefined : opened}
            onDone={() => done('It is kept.')}
            onClose={() => setOpened(undefined)}
          />
        )}
      </div>
    </Container>
  );
}
