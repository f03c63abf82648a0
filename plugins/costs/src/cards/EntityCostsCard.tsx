import { useEntity, useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { Panel } from '@waymark/plugin-parts-react';
import { scopeOf } from '../overview/CostsTab';
import { CostsInShort } from './CostsInShort';

/** What the entity costs this month, beside the last. */
export function EntityCostsCard() {
  const { entity } = useEntity();
  const href = `${useEntityRefLink()(entity)}/costs`;
  return (
    <Panel title="Costs" aside={<Link href={href}>All about it</Link>}>
      <CostsInShort scope={scopeOf(entity)} />
    </Panel>
  );
}
