import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { unprocessedEntitiesReadPermission } from '@backstage/plugin-catalog-unprocessed-entities-common';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  ProcessingErrorQuery,
  ProcessingErrors,
} from './ProcessingErrors';

/** Shows processing errors to those who may see unprocessed entities. */
export class AuthorizedProcessingErrors implements ProcessingErrors {
  readonly #errors: ProcessingErrors;
  readonly #permissions: PermissionsService;

  constructor(errors: ProcessingErrors, permissions: PermissionsService) {
    this.#errors = errors;
    this.#permissions = permissions;
  }

  async list(
    query: ProcessingErrorQuery,
    options: { credentials: BackstageCredentials },
  ) {
    const [{ result }] = await this.#permissions.authorize(
      [{ permission: unprocessedEntitiesReadPermission }],
      options,
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        'You may not see the processing errors of the catalog; ask a platform engineer',
      );
    }
    return this.#errors.list(query, options);
  }
}
