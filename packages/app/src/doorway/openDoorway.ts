import type { Config } from '@backstage/config';
import {
  readSignInProviders,
  type SignInProvider,
} from '../modules/signIn/providers';
import { signInCard, signInPending } from '../modules/signIn/signInCard';
import { AuthDoor } from './AuthDoor';

/** The token of a session that still holds, with whichever provider. */
async function resume(
  door: AuthDoor,
  providers: SignInProvider[],
): Promise<string | undefined> {
  for (const provider of providers) {
    const token = await door.resume(provider);
    if (token) return token;
  }
  return undefined;
}

/**
 * The backend answers this form with the portal itself, and a cookie by which
 * it serves the portal from now on.
 */
function enter(root: HTMLElement, page: URL, token: string): void {
  const form = document.createElement('form');
  form.action = page.href;
  form.method = 'POST';
  form.hidden = true;
  for (const [name, value] of Object.entries({ type: 'sign-in', token })) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.append(input);
  }
  root.append(form);
  form.submit();
}

/** Asks somebody who is not signed in who they are; leads in who is known. */
export async function openDoorway(options: {
  config: Config;
  /** The address that was asked for. */
  page: URL;
  /** Where the page is shown. */
  root: HTMLElement;
  /** Leaves the page for another. */
  leaveTo: (url: string) => void;
}): Promise<void> {
  const { config, page, root, leaveTo } = options;
  const door = new AuthDoor(config, page.origin);
  const providers = readSignInProviders(config);
  root.replaceChildren(signInPending());
  // A session that cannot be resumed is no failure: the person signs in again.
  const token = await resume(door, providers).catch(() => undefined);
  if (token) {
    enter(root, page, token);
    return;
  }
  const reason = page.searchParams.get('error');
  root.replaceChildren(
    signInCard({
      config,
      providers,
      failure: reason ? `Signing in failed: ${reason}` : undefined,
      onChoose: provider => leaveTo(door.startUrl(provider, page)),
    }),
  );
}
