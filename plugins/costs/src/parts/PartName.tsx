import { filterText } from '@waymark/plugin-costs-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { explorerRouteRef } from '../routes';
import { ownerLevels } from '../words/dimensions';

function isEntityRef(text: string): boolean {
  try {
    parseEntityRef(text);
    return text.includes(':');
  } catch {
    return false;
  }
}

/** The name of what charges are told apart by: an entity leads to what it costs, anything else to its charges. */
export function PartName(props: {
  dimension: string;
  partKey: string | null;
  title: string;
}) {
  const { dimension, partKey, title } = props;
  const entityLink = useEntityRefLink();
  const explorer = useRouteRef(explorerRouteRef)?.() ?? '';
  if (partKey && ownerLevels.has(dimension) && isEntityRef(partKey)) {
    return <Link href={`${entityLink(partKey)}/costs`}>{title}</Link>;
  }
  const query = new URLSearchParams({
    filter: filterText([{ name: dimension, value: partKey ?? '' }]),
    groupBy:
      dimension === 'ResourceName' ? 'ChargeDescription' : 'ResourceName',
  });
  return <Link href={`${explorer}?${query}`}>{title}</Link>;
}
