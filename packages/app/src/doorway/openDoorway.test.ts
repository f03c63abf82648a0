import '@testing-library/jest-dom';
import { ConfigReader } from '@backstage/config';
import { screen, waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { openDoorway } from './openDoorway';

const config = new ConfigReader({
  app: { title: 'Waymark' },
  auth: { environment: 'production' },
  backend: { baseUrl: 'https://portal.example/' },
  waymark: {
    signIn: {
      providers: [
        { id: 'oidc', title: 'Larkspur' },
        { id: 'github', title: 'GitHub' },
      ],
    },
  },
});

function open(address = 'https://portal.example/docs?tab=api') {
  const leaveTo = jest.fn();
  openDoorway({
    config,
    page: new URL(address),
    root: document.body,
    leaveTo,
  });
  return { leaveTo };
}

/** Answers each provider's refresh: a token, or nothing for a stranger. */
function answerRefresh(tokens: Record<string, string | undefined>) {
  const fetched = jest.fn(async (url: string) => {
    const provider = new URL(url).pathname.split('/')[3];
    const token = tokens[provider];
    return token
      ? { ok: true, json: async () => ({ backstageIdentity: { token } }) }
      : { ok: false };
  });
  Object.assign(globalThis, { fetch: fetched });
  return fetched;
}

describe('openDoorway', () => {
  const realFetch = globalThis.fetch;
  const submit = jest.fn();

  beforeEach(() => {
    submit.mockReset();
    jest
      .spyOn(HTMLFormElement.prototype, 'submit')
      .mockImplementation(function submitted(this: HTMLFormElement) {
        submit(
          this.action,
          Object.fromEntries(
            [...this.querySelectorAll('input')].map(input => [
              input.name,
              input.value,
            ]),
          ),
        );
      });
  });

  afterEach(() => {
    jest.restoreAllMocks();
    Object.assign(globalThis, { fetch: realFetch });
  });

  it('offers the ways to sign in, and comes back to the page that was asked for', async () => {
    answerRefresh({});
    const { leaveTo } = open();

    await userEvent.click(
      await screen.findByRole('button', { name: 'Continue with Larkspur' }),
    );

    const url = new URL(leaveTo.mock.calls[0][0]);
    expect(url.origin + url.pathname).toBe(
      'https://portal.example/api/auth/oidc/start',
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      env: 'production',
      flow: 'redirect',
      origin: 'https://portal.example',
      redirectUrl: 'https://portal.example/docs?tab=api',
      scope: 'openid profile email',
    });
    expect(submit).not.toHaveBeenCalled();
  });

  it('leads somebody whose session holds to the page without asking', async () => {
    const fetched = answerRefresh({ github: 'token-of-amara' });
    open();

    await waitFor(() =>
      expect(submit).toHaveBeenCalledWith(
        'https://portal.example/docs?tab=api',
        { type: 'sign-in', token: 'token-of-amara' },
      ),
    );
    expect(fetched.mock.calls.map(([url]) => url)).toEqual([
      'https://portal.example/api/auth/oidc/refresh?scope=openid+profile+email&optional=&env=production',
      'https://portal.example/api/auth/github/refresh?scope=read%3Auser&optional=&env=production',
    ]);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('says why the last attempt failed, and does not say it again after the next', async () => {
    answerRefresh({});
    const { leaveTo } = open(
      'https://portal.example/catalog?error=Nobody+knows+you&kind=api',
    );

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Signing in failed: Nobody knows you',
    );
    await userEvent.click(screen.getByRole('button', { name: /GitHub/ }));

    expect(
      new URL(leaveTo.mock.calls[0][0]).searchParams.get('redirectUrl'),
    ).toBe('https://portal.example/catalog?kind=api');
  });

  it('asks when the backend cannot be reached', async () => {
    Object.assign(globalThis, {
      fetch: jest.fn().mockRejectedValue(new TypeError('Failed to fetch')),
    });
    open();

    expect(
      await screen.findByRole('button', { name: 'Continue with Larkspur' }),
    ).toBeInTheDocument();
  });
});
