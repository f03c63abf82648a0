import type { RootConfigService } from '@backstage/backend-plugin-api';
import path from 'node:path';

/** The folder of the layers that golden paths share; absolute. */
export function readLayersFolder(config: RootConfigService): string {
  return path.resolve(
    config.getOptionalString('waymark.goldenPaths.layers') ??
      '../../templates/layers',
  );
}
