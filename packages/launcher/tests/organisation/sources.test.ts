import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { CookieJar } from '../../src/identity/CookieJar.ts';
import { until as untilLooked, type Look } from '../faults/support/until.ts';
import { FakeGitHub, type Person } from './support/FakeGitHub.ts';
import { FakeGitLab } from './support/FakeGitLab.ts';
import {
  amara,
  atGitHub,
  atGitLab,
  sofia,
  stranger,
} from './support/larkspur.ts';
import {
  createProduction,
  publicUrl,
  type Production,
  type ProductionPortal,
} from './support/production.ts';

/** Waits for a condition that asks the portal, which counts requests as in production. */
const until = (what: string, look: () => Promise<Look>, withinMs = 60_000) =>
  untilLooked(what, look, { withinMs, everyMs: 500 });

type Entity = {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  relations?: { type: string; targetRef: string }[];
  status?: { items?: { error?: { message?: string } }[] };
};

let production: Production;
let github: FakeGitHub;
let gitlab: FakeGitLab;
let portal: ProductionPortal;

/** What docs/how-to/configure-production.md tells an organisation with both hosts to set. */
const documented = () => ({
  WAYMARK_DEVELOPERS: 'group:default/engineering',
  WAYMARK_REPOSITORY_HOST: 'github',
  WAYMARK_REPOSITORY_HOSTNAME: github.host,
  WAYMARK_REPOSITORY_OWNER: 'larkspur',
  GITHUB_SIGN_IN_TITLE: 'GitHub',
  GITHUB_SIGN_IN_CLIENT_ID: 'waymark',
  GITHUB_SIGN_IN_CLIENT_SECRET: 'the-secret-of-the-oauth-app',
  GITHUB_SIGN_IN_URL: github.url,
  GITHUB_HOST: github.host,
  GITHUB_TOKEN: atGitHub.token,
  GITHUB_API_URL: `${github.url}/api/v3`,
  GITHUB_ORGANIZATION: 'larkspur',
  GITHUB_ORG_URL: github.url,
  GITLAB_HOST: gitlab.host,
  GITLAB_TOKEN: atGitLab.token,
  GITLAB_API_URL: `${gitlab.url}/api/v4`,
  GITLAB_DISCOVERY_HOST: gitlab.host,
  GITLAB_GROUP: 'larkspur',
  GITLAB_ORG_SYNC: 'true',
});

before(async () => {
  production = await createProduction();
  github = await new FakeGitHub(production.certificate, atGitHub).start();
  gitlab = await new FakeGitLab(
    production.certificate,
    atGitLab,
  ).startAsUsual();
  portal = await production.startPortal('production', documented());
});

after(async () => {
  await production?.stop();
  await github?.stop();
  await gitlab?.stop();
});

async function catalog(kind: string): Promise<Entity[]> {
  const response = await fetch(
    `${portal.url}/api/catalog/entities/by-query?limit=200&filter=kind=${kind}`,
    { headers: { authorization: `Bearer ${production.serviceToken}` } },
  );
  assert.equal(response.status, 200);
  return ((await response.json()) as { items: Entity[] }).items;
}

const names = (entities: Entity[]) =>
  entities.map(({ metadata }) => metadata.name).sort();

const related = (entity: Entity | undefined, type: string) =>
  entity?.relations
    ?.filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef);

const one = (entities: Entity[], name: string) =>
  entities.find(({ metadata }) => metadata.name === name);

describe('the catalog of an organisation', () => {
  test('holds what its repositories say, on their default branches', async () => {
    // The last is the portal itself.
    const expected = ['checkout', 'forecast', 'settlement', 'waymark'];
    await until(
      'all components arrived',
      async () => {
        const found = names(await catalog('component'));
        return expected.every(name => found.includes(name));
      },
      90_000,
    );
    // Archived ones, forks and repositories without the file stay out.
    assert.deepEqual(names(await catalog('component')), expected);
  });

  test('holds everybody at GitHub, in their teams', async () => {
    await until('everybody is there, and amara in her team', async () => {
      const users = await catalog('user');
      return (
        atGitHub.people.every(({ login }) => one(users, login)) &&
        related(one(users, 'amara'), 'memberOf')?.includes(
          'group:default/ledger',
        ) === true
      );
    });
    const groups = await catalog('group');
    assert.deepEqual(related(one(groups, 'ledger'), 'childOf'), [
      'group:default/engineering',
    ]);
    assert.deepEqual(related(one(groups, 'ledger'), 'ownerOf')?.sort(), [
      'component:default/checkout',
      'component:default/settlement',
    ]);
  });

  test('holds everybody at GitLab, in the groups below its own', async t => {
    if (gitlab.host !== 'localhost') {
      // The annotations of its people begin with the host, and none may hold a colon.
      t.skip('port 443 is not free for a GitLab, whose host may name no port');
      return;
    }
    await until('nils is in his group', async () =>
      Boolean(
        related(one(await catalog('user'), 'nils'), 'memberOf')?.includes(
          'group:default/data',
        ),
      ),
    );
    const groups = await catalog('group');
    assert.deepEqual(related(one(groups, 'data'), 'childOf'), [
      'group:default/larkspur',
    ]);
    assert.equal(one(groups, 'elsewhere'), undefined);
  });
});

/** Goes through GitHub's pages as a person, behind the proxy that ends TLS. */
async function signIn(person: Person) {
  const browser = new CookieJar();
  const headers = { 'x-forwarded-proto': 'https' };
  const begun = await browser.fetch(
    `${portal.url}/api/auth/github/start?env=production&flow=popup&scope=read:user&origin=${publicUrl}`,
    { headers },
  );
  const back = github.agree(begun.headers.get('location') ?? '', person);
  assert.equal(back.origin, publicUrl);
  const ended = await browser.fetch(
    `${portal.url}${back.pathname}${back.search}`,
    { headers },
  );
  const session = await browser.fetch(
    `${portal.url}/api/auth/github/refresh?env=production&scope=read:user`,
    { headers: { ...headers, 'x-requested-with': 'XMLHttpRequest' } },
  );
  const { backstageIdentity } = (await session.json()) as {
    backstageIdentity?: {
      token: string;
      identity: { userEntityRef: string; ownershipEntityRefs: string[] };
    };
  };
  return { identity: backstageIdentity, page: await ended.text() };
}

async function mayRegister(token: string): Promise<string> {
  const response = await fetch(`${portal.url}/api/permission/authorize`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      items: [
        {
          id: 'any',
          permission: {
            type: 'basic',
            name: 'catalog.location.create',
            attributes: { action: 'create' },
          },
        },
      ],
    }),
  });
  const { items } = (await response.json()) as { items: { result: string }[] };
  return items[0].result;
}

describe('signing in with GitHub', () => {
  test('makes a person who GitHub says they are, in their teams and their role', async () => {
    const { identity } = await signIn(amara);
    assert.equal(identity?.identity.userEntityRef, 'user:default/amara');
    assert.deepEqual(identity?.identity.ownershipEntityRefs.sort(), [
      'group:default/ledger',
      'user:default/amara',
    ]);
    assert.equal(await mayRegister(identity.token), 'ALLOW');
  });

  test('makes nobody more than a viewer whose teams give no role', async () => {
    const { identity } = await signIn(sofia);
    assert.equal(identity?.identity.userEntityRef, 'user:default/sofia');
    assert.equal(await mayRegister(identity.token), 'DENY');
  });

  test('lets nobody in under a name that is a colleague’s', async () => {
    const { identity, page } = await signIn(stranger);
    assert.equal(identity, undefined);
    assert.match(decodeURIComponent(page), /User not found|unable to resolve/i);
  });

  test('shows builders why a repository cannot bring groups, which would give it roles', async () => {
    const { identity } = await signIn(amara);
    await until('its location is among the errors', async () => {
      const response = await fetch(
        `${portal.url}/api/catalog/processing-errors`,
        { headers: { authorization: `Bearer ${identity?.token}` } },
      );
      return /usurpers .* is not of an allowed kind/.test(
        await response.text(),
      );
    });
    assert.equal(one(await catalog('group'), 'usurpers'), undefined);
  });
});

describe('a token that a host refuses', () => {
  test('is named in the log, with what to do', async () => {
    const other = await production.startPortal('refused', {
      ...documented(),
      GITHUB_TOKEN: 'an-expired-token',
      GITLAB_TOKEN: 'an-expired-token',
    });
    const log = () => fs.readFile(other.log, 'utf8');
    await until('the portal says it of GitHub', async () =>
      /GitHub at .* refuses the token of the portal \(401\).*GITHUB_TOKEN/.test(
        await log(),
      ),
    );
    await until('the portal says it of GitLab', async () =>
      /GitLab at .* refuses the token of the portal \(401\).*GITLAB_TOKEN/.test(
        await log(),
      ),
    );
    assert.doesNotMatch(await log(), /an-expired-token/);
    await other.stop();
  });
});
