import { setTimeout as delay } from 'node:timers/promises';
import { LaunchFailure } from '../failure.ts';
import { signIn } from '../identity/signIn.ts';
import { portalUrl } from '../portal/environment.ts';
import { requireOk, type OnProgress } from './door.ts';
import { recall, remember } from './memory.ts';

/** Under which name it is remembered that the services are made. */
export const servicesLoad = 'services';

/** A service that somebody of the demo organisation made from a golden path. */
export type DemoService = {
  maker: string;
  template: string;
  name: string;
  description: string;
  owner: string;
  system: string;
};

export const services: DemoService[] = [
  {
    maker: 'amara',
    template: 'node-service',
    name: 'payout-calendar',
    description: 'Tells merchants on which day they are paid.',
    owner: 'ledger',
    system: 'settlement',
  },
  {
    maker: 'oskar',
    template: 'go-service',
    name: 'parcel-tracker',
    description: 'Follows parcels from the warehouse to the door.',
    owner: 'fulfilment',
    system: 'order-fulfilment',
  },
  {
    maker: 'samuel',
    template: 'python-service',
    name: 'shelf-outlook',
    description: 'Says which shelves will be empty in the coming weeks.',
    owner: 'data-intelligence',
    system: 'data-platform',
  },
];

type Door = { url: string; token: string; signal?: AbortSignal };

async function ask(
  { url, token, signal }: Door,
  path: string,
  json?: object,
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: json ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: json && JSON.stringify(json),
    signal,
  });
}

/** How long a service may take on a busy machine. */
const patience = 300;

/**
 * Sends the form of a template, and waits until it is worked off.
 *
 * @throws LaunchFailure when the portal refuses, or the task fails
 */
export async function makeService(
  door: Door,
  service: Omit<DemoService, 'maker'>,
): Promise<void> {
  const { template, name, description, owner, system } = service;
  const what = `The demo service ${name}`;
  const sent = await requireOk(
    await ask(door, '/api/scaffolder/v2/tasks', {
      templateRef: `template:default/${template}`,
      values: {
        name,
        description,
        owner: `group:default/${owner}`,
        system: `system:default/${system}`,
      },
    }),
    what,
  );
  const { id } = (await sent.json()) as { id: string };
  for (let seconds = 0; seconds < patience; seconds += 1) {
    await delay(1000, undefined, { signal: door.signal });
    const found = await requireOk(
      await ask(door, `/api/scaffolder/v2/tasks/${id}`),
      what,
    );
    const { status } = (await found.json()) as { status: string };
    if (status === 'completed') return;
    if (status !== 'open' && status !== 'processing') {
      throw new LaunchFailure(
        `${what} is not made: its task has ${status}.`,
        `Open ${door.url}/create/tasks/${id} for the reason; the next npm start goes on with it.`,
      );
    }
  }
  throw new LaunchFailure(
    `${what} is not made after ${patience} seconds.`,
    'The next npm start goes on with it.',
  );
}

/**
 * Has people of the demo organisation make services from golden paths, each
 * signed in as themselves. One that is in the catalog already is left as it is.
 * Nothing is made on a host outside.
 *
 * @returns how many there are now
 */
export async function makeDemoServices(options: {
  url: string;
  onProgress: OnProgress;
  signal?: AbortSignal;
}): Promise<number> {
  const { url, onProgress, signal } = options;
  let made = 0;
  for (const service of services) {
    const door = { url, signal, token: await signIn(url, service.maker) };
    const own = await ask(door, '/api/repositories?limit=1');
    // Only a portal that keeps repositories itself has them.
    if (own.status === 404) break;
    await requireOk(own, 'The list of repositories');
    const known = await ask(
      door,
      `/api/catalog/entities/by-name/component/default/${service.name}`,
    );
    if (known.status === 404) await makeService(door, service);
    else await requireOk(known, `The component ${service.name}`);
    made += 1;
    onProgress(made / services.length);
  }
  return made;
}

/** Makes the demo's services in the running portal. */
export async function loadServices(
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<{ services: number }> {
  const told = await makeDemoServices({ url: portalUrl, onProgress, signal });
  await remember(servicesLoad, {
    ...((await recall(servicesLoad)) ?? { until: Date.now() }),
    loaded: true,
  });
  return { services: told };
}
