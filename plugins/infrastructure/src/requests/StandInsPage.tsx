import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, TextField } from '@backstage/ui';
import { RiCalendarLine, RiCheckLine, RiHistoryLine } from '@remixicon/react';
import type {
  Delegation,
  NewDelegation,
} from '@waymark/plugin-infrastructure-common';
import {
  DataTable,
  dateText,
  DayField,
  dayIn,
  EntityCombobox,
  EntityName,
  Failure,
  type Live,
  Mark,
  Panel,
  useDeed,
} from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { guardrailsApiRef } from '../api/GuardrailsApi';
import { useKey } from '../api/useKey';
import { useDelegations } from '../live/guardrails';
import { DetailHead, DetailPage } from '../parts/DetailPage';
import { requestsRouteRef } from '../routes';
import styles from './Request.module.css';

const states = {
  planned: { tone: 'info', Icon: RiCalendarLine, text: 'Planned' },
  holds: { tone: 'positive', Icon: RiCheckLine, text: 'Holds' },
  over: { tone: 'plain', Icon: RiHistoryLine, text: 'Over' },
  ended: { tone: 'plain', Icon: RiHistoryLine, text: 'Ended' },
} as const;

function End(props: { delegation: Delegation; onDone: () => void }) {
  const { delegation, onDone } = props;
  const api = useApi(guardrailsApiRef);
  const keyOf = useKey();
  const deed = useDeed();
  if (!delegation.may.end) return null;
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        isPending={deed.isPending}
        onPress={() =>
          deed.run(async () => {
            await api.endDelegation(
              delegation.id,
              keyOf(['end', delegation.id]),
            );
            onDone();
          })
        }
      >
        End it
      </Button>
      {deed.error && (
        <Failure title="It could not be ended" error={deed.error} />
      )}
    </>
  );
}

function Table(props: { rows: Delegation[]; onDone: () => void }) {
  return (
    <DataTable
      label="Stand-ins"
      rows={props.rows}
      keyOf={({ id }) => id}
      columns={[
        {
          title: 'Stands in',
          render: ({ to }) => <EntityName entityRef={to} />,
        },
        { title: 'For', render: ({ by }) => <EntityName entityRef={by} /> },
        { title: 'From', render: ({ from }) => dateText(from, 'UTC') },
        { title: 'Until', render: ({ until }) => dateText(until, 'UTC') },
        { title: 'Why', render: ({ reason }) => reason },
        { title: 'State', render: ({ state }) => <Mark {...states[state]} /> },
        {
          title: 'End',
          render: delegation => (
            <End delegation={delegation} onDone={props.onDone} />
          ),
        },
      ]}
    />
  );
}

function NameOne({ onDone }: { onDone: () => void }) {
  const api = useApi(guardrailsApiRef);
  const keyOf = useKey();
  const deed = useDeed();
  const [to, setTo] = useState<string>();
  const [from, setFrom] = useState(dayIn(0));
  const [until, setUntil] = useState(dayIn(14));
  const [reason, setReason] = useState('');
  const [made, setMade] = useState(0);
  const name = () =>
    deed.run(async () => {
      const wanted: NewDelegation = {
        to: to ?? '',
        from,
        until,
        reason: reason.trim() || undefined,
      };
      await api.delegate(wanted, keyOf([wanted, made]));
      setMade(count => count + 1);
      setTo(undefined);
      setReason('');
      onDone();
    });
  return (
    <Panel
      title="Name a stand-in"
      lead="They approve what you could, and what they decide names you. Your own requests stay for others."
    >
      <div className={styles.form}>
        <EntityCombobox
          label="Who"
          placeholder="A person"
          query={{ kind: 'User' }}
          entityRef={to}
          onChange={setTo}
        />
        <DayField label="From" value={from} min={dayIn(0)} onChange={setFrom} />
        <DayField
          label="Until"
          hint="The last day, in UTC."
          value={until}
          min={from}
          onChange={setUntil}
        />
        <TextField
          label="Why"
          value={reason}
          onChange={setReason}
          maxLength={500}
        />
        {deed.error && <Failure title="Nobody was named" error={deed.error} />}
        <div className={styles.buttons}>
          <Button
            variant="primary"
            isDisabled={!to || !from || !until}
            isPending={deed.isPending}
            onPress={name}
          >
            Name them
          </Button>
        </div>
      </div>
    </Panel>
  );
}

function StandIns({
  live,
  rows,
}: {
  live: Live<Delegation[]>;
  rows: Delegation[];
}) {
  return (
    <>
      <DetailHead
        title="Stand-ins"
        summary="Who approves in whose place, and until when."
      />
      {rows.length === 0 ? (
        <p className={styles.none}>
          Nobody stands in for you, and you stand in for nobody.
        </p>
      ) : (
        <Table rows={rows} onDone={live.refresh} />
      )}
      <NameOne onDone={live.refresh} />
    </>
  );
}

/** Who approves in whose place, and the way to name somebody. */
export function StandInsPage() {
  const live = useDelegations();
  const backHref = useRouteRef(requestsRouteRef)?.() ?? '';
  return (
    <DetailPage
      back={{ href: backHref, text: 'All requests' }}
      of="The list of stand-ins"
      live={live}
    >
      {rows => <StandIns live={live} rows={rows} />}
    </DetailPage>
  );
}
