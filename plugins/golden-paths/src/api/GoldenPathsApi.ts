import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  NameCheck,
  Preview,
  PreviewRequest,
} from '@waymark/plugin-golden-paths-common';

/** What the form fields ask the portal. Failures are thrown with the portal's own words. */
export interface GoldenPathsApi {
  checkName(
    name: string,
    options?: { signal?: AbortSignal },
  ): Promise<NameCheck>;
  createPreview(
    request: PreviewRequest,
    options?: { signal?: AbortSignal },
  ): Promise<Preview>;
}

/** Reaches the golden-paths backend. */
export const goldenPathsApiRef = createApiRef<GoldenPathsApi>({
  id: 'plugin.golden-paths.client',
});
