import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import dora from '@waymark/plugin-dora-backend';
import github from '@waymark/plugin-dora-backend-module-github';
import jira from '@waymark/plugin-dora-backend-module-jira';
import opsgenie from '@waymark/plugin-dora-backend-module-opsgenie';
import pagerduty from '@waymark/plugin-dora-backend-module-pagerduty';
import { createHmac } from 'node:crypto';
import os from 'node:os';
import request from 'supertest';

const secret = 'as long as a secret has to be, and longer';
/** The days in which everything happens. */
export const march = 'from=2026-03-01&to=2026-03-10';

const signed = (body: string) =>
  createHmac('sha256', secret).update(body).digest('hex');

/** How each source proves that it sent a body. */
const proofs = {
  github: body => ({ 'x-hub-signature-256': `sha256=${signed(body)}` }),
  jira: body => ({ 'x-hub-signature': `sha256=${signed(body)}` }),
  opsgenie: body => ({ 'x-waymark-signature': `sha256=${signed(body)}` }),
  pagerduty: body => ({ 'x-pagerduty-signature': `v1=${signed(body)}` }),
} satisfies Record<string, (body: string) => Record<string, string>>;
type Source = keyof typeof proofs;

/** What lists of DORA have of an incident or a change. */
export type Listed = { id: string; title: string; service: string };

/** A component with what deliveries find it by. */
export const component = (
  name: string,
  annotations: Record<string, string> = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default', annotations },
  spec: { type: 'service' },
});

export const ref = (name: string) => `component:default/${name}`;

/**
 * DORA with its sources as they are shipped, so that a test sees what neither
 * side knows of the other: what a source says is followed to the component that
 * people see it at. One for all tests of a file.
 */
export function usePlugins(entities: Entity[]) {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const people = { authorization: mockCredentials.user.header() };
  let server: Awaited<ReturnType<typeof startTestBackend>>['server'];

  beforeAll(async () => {
    const secrets = { secrets: [secret] };
    const backend = await startTestBackend({
      features: [
        dora,
        github,
        jira,
        opsgenie,
        pagerduty,
        catalogServiceMock.factory({ entities }),
        mockServices.database.factory({
          knex: await databases.init('POSTGRES_18'),
        }),
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost' },
            waymark: {
              repositories: { host: 'local', directory: os.tmpdir() },
            },
            dora: {
              sources: {
                github: secrets,
                jira: { ...secrets, serviceBy: 'component' },
                opsgenie: secrets,
                pagerduty: secrets,
              },
            },
          },
        }),
      ],
    });
    server = backend.server;
  });

  async function ask<T>(path: string): Promise<T> {
    const { body, status } = await request(server)
      .get(`/api/dora${path}`)
      .set(people);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  }

  /** Waits until everything that came in is in the numbers. */
  async function settled(): Promise<void> {
    for (;;) {
      const { upToDate } = await ask<{ upToDate: boolean }>('/status');
      if (upToDate) return;
    }
  }

  /** Delivers what a source sends, with its proof. */
  async function tell(
    source: Source,
    payload: object,
    headers: Record<string, string> = {},
  ): Promise<void> {
    const body = JSON.stringify(payload);
    await request(server)
      .post(`/api/dora/webhooks/${source}`)
      .set({ 'content-type': 'application/json', ...headers })
      .set(proofs[source](body))
      .send(body)
      .expect(202);
    await settled();
  }

  async function incidents(title: string): Promise<Listed[]> {
    const { items } = await ask<{ items: Listed[] }>(`/incidents?${march}`);
    return items.filter(item => item.title === title);
  }

  /** The components that have an incident. */
  const holders = async (title: string) =>
    (await incidents(title)).map(({ service }) => service).sort();

  /** Puts, posts: whatever a person sends. */
  const send = (method: 'put' | 'post', path: string) =>
    request(server)[method](`/api/dora${path}`).set(people);

  return { ask, send, tell, settled, incidents, holders };
}
