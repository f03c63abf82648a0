import {
  valueText,
  type MetricId,
  type RowsQuery,
} from '@waymark/plugin-dora-common';
import {
  Dialog,
  DialogBody,
  DialogHeader,
  Skeleton,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import {
  Failure,
  offsetOf,
  Pages,
  periodText,
} from '@waymark/plugin-parts-react';
import { useMetrics, useRows } from '../live/questions';
import { BandChip } from '../parts/BandChip';
import { Movement } from '../parts/Movement';
import type { Viewed } from '../view/useView';
import { queryOfPart, stepOf } from '../view/view';
import { metricWords } from '../words/metrics';
import { gapText, sampleText, spreadText } from '../words/statements';
import { CsvButton } from './CsvButton';
import { RowsTable } from './RowsTable';
import { Trend } from './Trend';
import styles from './Explanation.module.css';

const limit = 25;

/** What a number is, what it was made of, and what was left out; the address holds all of it. */
export function ExplanationDrawer(props: {
  metric: MetricId;
  viewed: Viewed;
  onClose: () => void;
}) {
  const { metric: id, viewed, onClose } = props;
  const { view, params, change } = viewed;
  const now = new Date();
  const step = stepOf(view, now);
  const base = queryOfPart(view, params.get('of'), now);
  const part = params.get('part') === 'excluded' ? 'excluded' : 'counted';
  const order = params.get('order') === 'largest' ? 'largest' : 'newest';
  const offset = offsetOf(params.get('offset'));

  const { bands, weekStart, ...counting } = base;
  const rowsQuery: RowsQuery = { ...counting, part, order };
  const metrics = useMetrics({ ...base, groupBy: step });
  const rows = useRows(id, { ...rowsQuery, limit, offset });

  const answer = metrics.value;
  const metric = answer?.metrics[id];
  const { title, question } = metricWords[id];

  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && onClose()}
      className={styles.drawer}
    >
      <DialogHeader>
        {answer ? `${title}: ${answer.scope.title}` : title}
      </DialogHeader>
      <DialogBody className={styles.body}>
        {metrics.error && (
          <Failure
            title="The number could not be read"
            error={metrics.error}
            onRetry={metrics.refresh}
          />
        )}
        <p className={styles.question}>{question}</p>
        {answer && metric ? (
          <>
            <div className={styles.head}>
              <strong className={styles.value}>
                {metric.value === null
                  ? 'No data'
                  : valueText(metric.unit, metric.value)}
              </strong>
              <BandChip metric={metric} />
              <Movement metric={metric} />
            </div>
            <p className={styles.text}>
              {periodText(answer.period, answer.definitions.timeZone)}.{' '}
              {[
                gapText(metric, answer.definitions.minimumSample),
                metric.state === 'none'
                  ? undefined
                  : `${sampleText(id, metric)}.`,
                spreadText(metric)?.concat('.'),
              ]
                .filter(Boolean)
                .join(' ')}
            </p>
            <Trend metric={metric} answer={answer} step={step} />
          </>
        ) : (
          !metrics.error && <Skeleton width="100%" height={180} />
        )}
        {rows.value && (
          <p className={styles.definition}>{rows.value.definition}</p>
        )}
        <div className={styles.switches}>
          <ToggleButtonGroup
            aria-label="Which rows"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[part]}
            onSelectionChange={keys =>
              change({
                part: keys.has('excluded') ? 'excluded' : undefined,
                offset: undefined,
              })
            }
          >
            <ToggleButton id="counted">
              {`Counted${rows.value ? ` (${rows.value.totals.counted})` : ''}`}
            </ToggleButton>
            <ToggleButton id="excluded">
              {`Left out${
                rows.value ? ` (${rows.value.totals.excluded})` : ''
              }`}
            </ToggleButton>
          </ToggleButtonGroup>
          {metric?.unit === 'seconds' && (
            <ToggleButton
              isSelected={order === 'largest'}
              onChange={isLargest =>
                change({
                  order: isLargest ? 'largest' : undefined,
                  offset: undefined,
                })
              }
            >
              Longest first
            </ToggleButton>
          )}
          <CsvButton metric={id} query={rowsQuery} />
        </div>
        {rows.error && (
          <Failure
            title="The rows could not be read"
            error={rows.error}
            onRetry={rows.refresh}
          />
        )}
        {rows.value && metric && answer ? (
          <div aria-busy={rows.loading}>
            {rows.value.items.length > 0 ? (
              <RowsTable
                label={part === 'counted' ? 'Counted' : 'Left out'}
                rows={rows.value.items}
                unit={metric.unit}
                timeZone={answer.definitions.timeZone}
              />
            ) : (
              <p className={styles.text}>
                {part === 'counted'
                  ? 'Nothing counted in this period.'
                  : 'Nothing was left out.'}
              </p>
            )}
            <Pages
              of="rows"
              offset={offset}
              limit={limit}
              total={rows.value.total}
              onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
            />
          </div>
        ) : (
          !rows.error && <Skeleton width="100%" height={240} />
        )}
      </DialogBody>
    </Dialog>
  );
}
