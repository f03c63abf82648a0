import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Container, Link, Skeleton } from '@backstage/ui';
import {
  goldenPathsCampaignManagePermission,
  type Campaign,
} from '@waymark/plugin-golden-paths-common';
import {
  DataTable,
  EntityName,
  Failure,
  offsetOf,
  Pages,
  Panel,
  timeText,
  useAddress,
  useDeed,
} from '@waymark/plugin-parts-react';
import { useParams } from 'react-router-dom';
import { fleetApiRef } from '../api/FleetApi';
import styles from '../parts/Parts.module.css';
import { Share } from '../parts/Share';
import { StateMark } from '../parts/StateMark';
import {
  campaignStates,
  checksText,
  templateName,
  upgradeStates,
} from '../parts/states';
import { campaignsRouteRef } from '../routes';
import { endedOf } from './CampaignsPage';
import { useCampaign, useUpgrades } from './questions';

const limit = 100;

/** How far a campaign has come, and what one can do about it. */
export function CampaignPage() {
  const { id = '' } = useParams();
  const { value, error, refresh } = useCampaign(id);
  const back = useRouteRef(campaignsRouteRef)?.() ?? '';
  return (
    <Container>
      <div className={styles.page}>
        <Link href={back}>All campaigns</Link>
        {error && (
          <Failure
            title="The campaign could not be read"
            error={error}
            onRetry={refresh}
          />
        )}
        {!value && !error && <Skeleton width="100%" height={160} />}
        {value && (
          <>
            <Head campaign={value} onDone={refresh} />
            <Progress campaign={value} />
            <Repositories id={id} />
          </>
        )}
      </div>
    </Container>
  );
}

function Head(props: { campaign: Campaign; onDone: () => void }) {
  const { id, title, state, template, to, startedBy, startedAt } =
    props.campaign;
  const { allowed } = usePermission({
    permission: goldenPathsCampaignManagePermission,
  });
  const api = useApi(fleetApiRef);
  const deed = useDeed();
  const steer = (to_: 'pause' | 'resume' | 'cancel') => () =>
    deed.run(async () => {
      await api.steerCampaign(id, to_);
      props.onDone();
    });
  const isOpen = state === 'running' || state === 'paused';
  return (
    <>
      <h2 className={styles.name}>{title}</h2>
      <p className={styles.summary}>
        <StateMark words={campaignStates[state]} />
        <span>{`${templateName(template)} ${to}`}</span>
        <span>
          Started {timeText(startedAt)} by <EntityName entityRef={startedBy} />
        </span>
      </p>
      {deed.error && <Failure title="That was refused" error={deed.error} />}
      {allowed && isOpen && (
        <div className={styles.actions}>
          {state === 'running' ? (
            <Button
              variant="secondary"
              onPress={steer('pause')}
              isPending={deed.isPending}
            >
              Pause
            </Button>
          ) : (
            <Button
              variant="primary"
              onPress={steer('resume')}
              isPending={deed.isPending}
            >
              Resume
            </Button>
          )}
          <Button
            variant="secondary"
            onPress={steer('cancel')}
            isPending={deed.isPending}
          >
            Cancel the rest
          </Button>
        </div>
      )}
    </>
  );
}

function Progress({ campaign }: { campaign: Campaign }) {
  const { progress, leftOut, merge } = campaign;
  const waitedFor = merge === 'clean' ? 'its checks or people' : 'people';
  const { total, proposed, merged, failed, conflicts, waiting } = progress;
  return (
    <Panel title="Progress">
      <div className={styles.shares}>
        <Share
          title="Worked off"
          part={endedOf(campaign)}
          whole={total}
          nothing="Nothing is to be upgraded."
        />
        <Share
          title="Merged"
          part={merged}
          whole={total}
          nothing="Nothing is to be upgraded."
        />
      </div>
      <p className={styles.note} role="status">
        {`${waiting} waiting, ${proposed} with a proposal that waits for ${waitedFor}, ${conflicts} with conflicts, ${failed} failed.`}
      </p>
      {leftOut > 0 && (
        <p className={styles.note}>
          {leftOut === 1
            ? 'One repository was left out'
            : `${leftOut} repositories were left out`}
          : the portal could not read them when the campaign began, or an
          exception lets them stay. Start another once that is over.
        </p>
      )}
    </Panel>
  );
}

function Repositories({ id }: { id: string }) {
  const { params, change } = useAddress();
  const offset = offsetOf(params.get('offset'));
  const { value } = useUpgrades({ campaign: id, limit, offset });
  const linkOf = useEntityRefLink();
  if (!value) return null;
  return (
    <Panel title="Repositories">
      <DataTable
        label="Repositories"
        rows={value.items}
        keyOf={upgrade => upgrade.id}
        columns={[
          {
            title: 'Component',
            render: ({ entityRef, repository }) => (
              <Link href={`${linkOf(entityRef)}/golden-path`}>
                {repository}
              </Link>
            ),
          },
          {
            title: 'State',
            render: ({ state }) => <StateMark words={upgradeStates[state]} />,
          },
          { title: 'From', render: ({ from }) => from },
          {
            title: 'Conflicts',
            render: ({ conflicts }) => conflicts.length,
            isFigure: true,
          },
          {
            title: 'Checks',
            render: upgrade => checksText(upgrade) || '–',
          },
          {
            title: 'More',
            render: ({ message, proposalUrl }) =>
              proposalUrl ? <Link href={proposalUrl}>Review</Link> : message,
          },
        ]}
      />
      <Pages
        of="repositories"
        offset={offset}
        limit={limit}
        total={value.total}
        onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
      />
    </Panel>
  );
}
