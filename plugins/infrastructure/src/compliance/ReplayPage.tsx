import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { ReplayPage as Part } from '@waymark/plugin-infrastructure-common';
import {
  DayField,
  dayIn,
  Failure,
  Panel,
  useAddress,
  useDeed,
} from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { guardrailsApiRef } from '../api/GuardrailsApi';
import { DetailHead, DetailPage } from '../parts/DetailPage';
import { complianceRouteRef } from '../routes';
import { ReplayList } from './ReplayList';
import { momentOf } from './complianceQuery';
import styles from './Compliance.module.css';

const atOnce = 200;

function Found({ found }: { found: Part }) {
  const { items, replayed, next } = found;
  const many = `${replayed} ${replayed === 1 ? 'decision' : 'decisions'}`;
  return (
    <>
      <p role="status">
        {replayed === 0
          ? 'Nothing was decided in that period.'
          : `${many} made again, ${items.length} would differ.${
              next === undefined ? '' : ' There are more.'
            }`}
      </p>
      <ReplayList items={items} withRequest />
    </>
  );
}

/** What today's policy would say of the decisions of a period. */
export function ReplayPage() {
  const { params, change } = useAddress();
  const api = useApi(guardrailsApiRef);
  const backHref = useRouteRef(complianceRouteRef)?.() ?? '';
  const deed = useDeed();
  const [found, setFound] = useState<Part>();
  const from = params.get('from') ?? dayIn(-30);
  const to = params.get('to') ?? dayIn(0);
  const replay = (before?: Part) =>
    deed.run(async () => {
      const part = await api.replayDecisions({
        from: `${from}T00:00:00Z`,
        to: momentOf(to),
        after: before?.next,
        limit: atOnce,
      });
      setFound({
        ...part,
        items: [...(before?.items ?? []), ...part.items],
        replayed: (before?.replayed ?? 0) + part.replayed,
      });
    });
  const choose = (key: string) => (day: string) => {
    change({ [key]: day || undefined });
    setFound(undefined);
  };
  return (
    <DetailPage
      back={{ href: backHref, text: 'Compliance report' }}
      of="The replay"
      live={{ value: true, loading: false, refresh: () => undefined }}
    >
      {() => (
        <>
          <DetailHead
            title="Past decisions under today’s policy"
            summary="Each decision is made again from what it was made of: the same question, time, exceptions, quota and budget. Nothing is changed by it."
          />
          <Panel title="Which decisions">
            <div className={styles.period}>
              <DayField
                label="From"
                value={from}
                max={to}
                onChange={choose('from')}
              />
              <DayField
                label="To"
                value={to}
                min={from}
                max={dayIn(0)}
                onChange={choose('to')}
              />
              <Button
                variant="primary"
                isPending={deed.isPending}
                onPress={() => replay()}
              >
                Make them again
              </Button>
            </div>
            {deed.error && (
              <Failure
                title="They could not be made again"
                error={deed.error}
              />
            )}
          </Panel>
          {found && (
            <Panel title="What would differ">
              <Found found={found} />
              {found.next !== undefined && (
                <div className={styles.more}>
                  <Button
                    variant="secondary"
                    isPending={deed.isPending}
                    onPress={() => replay(found)}
                  >
                    Go on
                  </Button>
                </div>
              )}
            </Panel>
          )}
        </>
      )}
    </DetailPage>
  );
}
