import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who asks. */
export type Caller = { credentials: BackstageCredentials };
