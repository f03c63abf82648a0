import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Preview,
  PreviewRequest,
} from '@waymark/plugin-golden-paths-common';

/** Shows what a template would make. */
export interface Previews {
  /**
   * Renders a template of the catalog with the given values.
   *
   * @throws NotFoundError when the caller sees no such template
   * @throws InputError when the values do not fit the template's form, or the template itself is faulty
   * @throws ServiceUnavailableError when the template's source or the scaffolder does not answer
   */
  create(
    request: PreviewRequest,
    options: { credentials: BackstageCredentials },
  ): Promise<Preview>;
}
