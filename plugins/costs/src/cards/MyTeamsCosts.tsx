import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { MyTeams } from '@waymark/plugin-parts-react';
import { changedChannel } from '../live/useCosts';
import { CostsInShort } from './CostsInShort';

const OfTeam = ({ entityRef }: { entityRef: string }) => (
  <CostsInShort scope={{ level: 'group', entityRef }} />
);

/** What each team that one is a member of spends this month. */
export function MyTeamsCosts() {
  const linkOf = useEntityRefLink();
  return (
    <MyTeams
      what="Costs"
      channel={changedChannel}
      hrefOf={entityRef => `${linkOf(entityRef)}/costs`}
      Content={OfTeam}
    />
  );
}
