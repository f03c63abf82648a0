import type { Config } from '@backstage/config';
import type { Finding } from './findings';

/** The variables behind each way to sign in. */
const variables: Record<string, { title: string; settings: string }> = {
  oidc: {
    title: 'OIDC_TITLE',
    settings: 'OIDC_METADATA_URL, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET',
  },
  github: {
    title: 'GITHUB_SIGN_IN_TITLE',
    settings: 'GITHUB_SIGN_IN_CLIENT_ID and GITHUB_SIGN_IN_CLIENT_SECRET',
  },
};

/**
 * The sign-in page has a button for each provider that works, and for no other:
 * without one nobody could choose it, and one too many leads nowhere.
 *
 * @param configured - ids of the providers below auth.providers
 */
export function signInButtonFindings(
  config: Config,
  configured: string[],
): Finding[] {
  const key = 'waymark.signIn.providers';
  const offered = (config.getOptionalConfigArray(key) ?? []).map(provider =>
    provider.getString('id'),
  );
  return [
    ...configured
      .filter(id => !offered.includes(id))
      .map(id => ({
        key,
        message: `has no button for ${id}, so nobody could choose it; set ${
          variables[id]?.title ?? 'its title'
        } to what the button says`,
      })),
    ...offered
      .filter(id => !configured.includes(id))
      .map(id => ({
        key,
        message: `has a button for ${id}, which is not configured; set ${
          variables[id]?.settings ?? 'its settings'
        }, or remove ${variables[id]?.title ?? 'its title'}`,
      })),
  ];
}
