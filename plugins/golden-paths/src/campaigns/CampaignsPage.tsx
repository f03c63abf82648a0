import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Campaign } from '@waymark/plugin-golden-paths-common';
import {
  dateText,
  DataTable,
  ListPage,
  offsetOf,
  Pages,
  useAddress,
} from '@waymark/plugin-parts-react';
import { StateMark } from '../parts/StateMark';
import { campaignStates, templateName } from '../parts/states';
import { campaignRouteRef } from '../routes';
import { useCampaigns } from './questions';
import { StartCampaign } from './StartCampaign';

const limit = 50;

/** How many repositories need no more work of the campaign. */
export function endedOf({ progress }: Campaign): number {
  return progress.total - progress.waiting - progress.running;
}

/** Upgrades of many repositories, the latest first. */
export function CampaignsPage() {
  const { params, change } = useAddress();
  const offset = offsetOf(params.get('offset'));
  const live = useCampaigns({ limit, offset });
  const hrefOf = useRouteRef(campaignRouteRef);
  return (
    <ListPage
      of="campaigns"
      lead="A campaign brings many repositories to the newest version of their golden path, one after the other."
      live={live}
    >
      {page => (
        <>
          <StartCampaign />
          {page.total > 0 && (
            <DataTable
              label="Campaigns"
              rows={page.items}
              keyOf={({ id }) => id}
              columns={[
                {
                  title: 'Campaign',
                  render: ({ id, title }) => (
                    <Link href={hrefOf?.({ id }) ?? ''}>{title}</Link>
                  ),
                },
                {
                  title: 'State',
                  render: ({ state }) => (
                    <StateMark words={campaignStates[state]} />
                  ),
                },
                {
                  title: 'Golden path',
                  render: ({ template, to }) =>
                    `${templateName(template)} ${to}`,
                },
                {
                  title: 'Worked off',
                  render: campaign =>
                    `${endedOf(campaign)} of ${campaign.progress.total}`,
                  isFigure: true,
                },
                {
                  title: 'Started',
                  render: ({ startedAt }) => dateText(startedAt),
                },
              ]}
            />
          )}
          <Pages
            of="campaigns"
            offset={offset}
            limit={limit}
            total={page.total}
            onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
          />
        </>
      )}
    </ListPage>
  );
}
