import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/**
 * Where people open the portal, as templates have it: an address that no slash
 * ends, so that a path can follow.
 *
 * @throws InputError when the configuration has no address there
 */
export function readPortalUrl(config: RootConfigService): string {
  const key = 'app.baseUrl';
  const said = config.getString(key);
  if (!URL.canParse(said)) {
    throw new InputError(
      `${key} is "${said}", which is no address. Give the whole of it, such as https://portal.example.com`,
    );
  }
  // As it is written in an address, whatever the configuration holds.
  const { origin, pathname } = new URL(said);
  return `${origin}${pathname}`.replace(/\/+$/, '');
}
