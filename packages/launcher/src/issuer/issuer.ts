import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import Provider, { type Configuration } from 'oidc-provider';
import pg from 'pg';
import type { Person } from '../people/people.ts';
import type { Database } from '../postgres/server.ts';
import { loadIssuerKeys, type IssuerKeys } from './keys.ts';
import { chooserPage } from './page.ts';
import { issuerStore, prepareIssuerStore } from './store.ts';

/** What the portal is to the issuer: its only client. */
export type IssuerClient = {
  id: string;
  secret: string;
  redirectUri: string;
};

const hour = 60 * 60;

function configuration(options: {
  client: IssuerClient;
  people: Person[];
  keys: IssuerKeys;
  pool: pg.Pool;
}): Configuration {
  const { client, people, keys, pool } = options;
  return {
    adapter: issuerStore(pool),
    jwks: keys.jwks,
    cookies: { keys: keys.cookieKeys },
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    features: { devInteractions: { enabled: false } },
    // The portal's OpenID client does not send a PKCE challenge; it authenticates with its secret.
    pkce: { required: () => false },
    interactions: {
      url: (_context, interaction) => `/interaction/${interaction.uid}`,
    },
    async findAccount(_context, id) {
      const person = people.find(({ name }) => name === id);
      return (
        person && {
          accountId: person.name,
          claims: async () => ({
            sub: person.name,
            name: person.displayName,
            preferred_username: person.name,
            email: person.email,
            email_verified: true,
          }),
        }
      );
    },
    // The only client is the portal itself: there is nobody to ask for consent to.
    async loadExistingGrant(context) {
      const { client: caller, session, provider } = context.oidc;
      if (!caller || !session?.accountId) return undefined;
      const grant = new provider.Grant({
        clientId: caller.clientId,
        accountId: session.accountId,
      });
      grant.addOIDCScope('openid profile email offline_access');
      await grant.save();
      return grant;
    },
    issueRefreshToken: async () => true,
    ttl: {
      AccessToken: hour,
      AuthorizationCode: 60,
      Grant: 14 * 24 * hour,
      IdToken: hour,
      Interaction: hour,
      RefreshToken: 14 * 24 * hour,
      Session: 14 * 24 * hour,
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 4_096) throw new Error('The form is too large.');
  }
  return body;
}

function send(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  });
  response.end(page);
}

async function interact(
  provider: Provider,
  people: Person[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === 'POST') {
    const account = new URLSearchParams(await readBody(request)).get('account');
    if (people.some(({ name }) => name === account)) {
      await provider.interactionFinished(
        request,
        response,
        { login: { accountId: account as string } },
        { mergeWithLastSubmission: false },
      );
      return;
    }
  }
  send(response, 200, chooserPage({ people, action: `/interaction/${uid}` }));
}

/** A running local issuer. */
export type LocalIssuer = { metadataUrl: string; stop(): Promise<void> };

/**
 * Serves OpenID Connect for the demo people. Everybody who can reach it may
 * become any of them, so it listens on the loopback interface alone and the
 * portal refuses it in production.
 */
export async function startLocalIssuer(options: {
  port: number;
  client: IssuerClient;
  people: Person[];
  database: Database;
}): Promise<LocalIssuer> {
  const { port, client, people, database } = options;
  const { stop: _, ...connection } = database;
  const pool = new pg.Pool({ ...connection, max: 4 });
  // An idle connection that breaks is replaced by the next query; it must not end the launcher.
  pool.on('error', () => undefined);
  await prepareIssuerStore(pool);
  const keys = await loadIssuerKeys();
  const url = `http://localhost:${port}`;
  const provider = new Provider(
    url,
    configuration({ client, people, keys, pool }),
  );
  const serve = provider.callback();
  const server = http.createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/')) {
      serve(request, response);
      return;
    }
    interact(provider, people, request, response).catch(() =>
      send(
        response,
        400,
        '<!doctype html><html lang="en"><title>Sign-in has expired</title><p>This sign-in has expired. Go back to the portal and sign in again.</p></html>',
      ),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    metadataUrl: `${url}/.well-known/openid-configuration`,
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await pool.end();
    },
  };
}
