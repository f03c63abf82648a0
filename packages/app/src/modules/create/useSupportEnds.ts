import type { Entity } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { fleetApiRef } from '@waymark/plugin-golden-paths';
import useAsync from 'react-use/esm/useAsync';
import { deprecatedOn } from './deprecatedOn';

/**
 * The last day of support of each golden path that is given up. The catalog
 * does not have it: it is counted from when the portal first saw that. Nothing
 * is asked where none of these templates is deprecated, and what cannot be had
 * keeps nobody from a template.
 */
export function useSupportEnds(
  templates: Entity[] = [],
): ReadonlyMap<string, string> | undefined {
  // By the holder: a portal may be without golden paths.
  const goldenPaths = useApiHolder().get(fleetApiRef);
  const isWanted = templates.some(deprecatedOn);
  const { value } = useAsync(async () => {
    const known = isWanted ? await goldenPaths?.listTemplates() : undefined;
    return new Map(
      known?.flatMap(({ template, supportedUntil }): [string, string][] =>
        supportedUntil ? [[template, supportedUntil]] : [],
      ),
    );
  }, [goldenPaths, isWanted]);
  return value;
}
