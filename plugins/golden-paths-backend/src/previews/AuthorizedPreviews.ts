import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import {
  goldenPathsPreviewCreatePermission,
  type Preview,
  type PreviewRequest,
} from '@waymark/plugin-golden-paths-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import type { Previews } from './Previews';

/** Lets only those preview a template who may also create from it. */
export class AuthorizedPreviews implements Previews {
  readonly #previews: Previews;
  readonly #permissions: PermissionsService;

  constructor(previews: Previews, permissions: PermissionsService) {
    this.#previews = previews;
    this.#permissions = permissions;
  }

  async create(
    request: PreviewRequest,
    options: { credentials: BackstageCredentials },
  ): Promise<Preview> {
    await requirePermissions({
      permissions: this.#permissions,
      required: [goldenPathsPreviewCreatePermission, taskCreatePermission],
      credentials: options.credentials,
      purpose: 'preview a template',
    });
    return this.#previews.create(request, options);
  }
}
