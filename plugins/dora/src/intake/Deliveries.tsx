import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DeliveryState,
  InboxDelivery,
  ReplayableState,
} from '@waymark/plugin-dora-common';
import { Link, Select, Skeleton } from '@backstage/ui';
import {
  Choice,
  DataTable,
  Failure,
  offsetOf,
  Pages,
  Panel,
  timeText,
} from '@waymark/plugin-parts-react';
import { doraApiRef } from '../api/DoraApi';
import { useDeliveries, useStatus } from '../live/questions';
import { useView } from '../view/useView';
import { DeliveryDialog } from './DeliveryDialog';
import styles from './Intake.module.css';
import { ReadAgain } from './ReadAgain';

const limit = 25;

const states: { value: DeliveryState; label: string }[] = [
  { value: 'failed', label: 'Failed: could not be read' },
  { value: 'unmatched', label: 'Unmatched: belong to nobody yet' },
  { value: 'waiting', label: 'Waiting to be read' },
  { value: 'ignored', label: 'Ignored on purpose' },
  { value: 'applied', label: 'Applied' },
];

const any = { value: 'any', label: 'All' };

const stateTextOf = ({ state }: InboxDelivery) =>
  states.find(({ value }) => value === state)?.label.split(':')[0];

const nothing: Record<string, string> = {
  failed: 'Nothing failed: every delivery could be read.',
  unmatched: 'Every delivery found its component.',
  waiting: 'Nothing waits.',
};

const replayable: ReplayableState[] = ['failed', 'unmatched', 'ignored'];

/** Deliveries as they came in; at first those that could not be read. */
export function Deliveries() {
  const { params, change, hrefWith } = useView();
  const state =
    [any, ...states].find(({ value }) => value === params.get('state'))
      ?.value ?? 'failed';
  const source = params.get('source') || undefined;
  const offset = offsetOf(params.get('offset'));
  const opened = params.get('delivery');
  const live = useDeliveries({
    state: states.find(({ value }) => value === state)?.value,
    source,
    limit,
    offset,
  });
  const { value, error, loading, refresh } = live;
  const dora = useApi(doraApiRef);
  const { value: status } = useStatus();
  const known = (status?.sources ?? []).map(({ id, title }) => ({
    value: id,
    label: title,
  }));
  // The address may name one that is no longer there; its deliveries still are.
  const sourceOptions =
    !source || known.some(({ value: id }) => id === source)
      ? known
      : [...known, { value: source, label: source }];
  const again = replayable.find(end => end === state);

  return (
    <Panel
      title="Deliveries"
      lead="Read what came in, mend the mapping it needs, and have it read again. Nothing is lost meanwhile."
      isBusy={loading}
      aside={
        <>
          <Select
            label="State"
            className={styles.filter}
            options={[any, ...states]}
            value={state}
            onChange={key => change({ state: String(key), offset: undefined })}
          />
          <Choice
            label="Source"
            any="All"
            className={styles.filter}
            options={sourceOptions}
            value={source}
            onChange={chosen => change({ source: chosen, offset: undefined })}
          />
        </>
      }
    >
      {error && (
        <Failure
          title="The deliveries could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={160} />}
      {value?.total === 0 && (
        <p className={styles.text}>{nothing[state] ?? 'There are none.'}</p>
      )}
      {value && value.total > 1 && again && (
        <p className={styles.all}>
          <ReadAgain
            replay={() => dora.replayDeliveries({ state: again, source })}
            onDone={refresh}
          >
            {`Read all ${value.total} again`}
          </ReadAgain>
        </p>
      )}
      {value && value.total > 0 && (
        <DataTable
          label="Deliveries"
          rows={value.items}
          keyOf={({ id }) => id}
          columns={[
            {
              title: 'Delivery',
              render: ({ id, event }) => (
                <Link
                  href={hrefWith({ delivery: id })}
                  className={event && styles.event}
                >
                  {event ?? id}
                </Link>
              ),
            },
            { title: 'Source', render: item => item.source },
            { title: 'Came in', render: item => timeText(item.receivedAt) },
            // What one is chosen by need not be said of each.
            ...(state === any.value
              ? [{ title: 'State', render: stateTextOf }]
              : []),
            { title: 'Why', render: item => item.message },
            {
              title: 'Attempts',
              render: item => item.attempts,
              isFigure: true,
            },
            {
              title: 'Again',
              render: ({ id }) => (
                <ReadAgain
                  label={`Read delivery ${id} again`}
                  replay={() => dora.replayDelivery(id)}
                  onDone={refresh}
                >
                  Read again
                </ReadAgain>
              ),
            },
          ]}
        />
      )}
      {value && (
        <Pages
          of="deliveries"
          offset={offset}
          limit={limit}
          total={value.total}
          onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
        />
      )}
      {opened && (
        <DeliveryDialog
          id={opened}
          onClose={() => change({ delivery: undefined })}
        />
      )}
    </Panel>
  );
}
