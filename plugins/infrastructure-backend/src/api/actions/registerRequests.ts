import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { NewRequest } from '@waymark/plugin-infrastructure-common';
import {
  asking,
  daysField,
  idField,
  keyField,
  parametersField,
  reasonField,
  requestOf,
  wishFields,
  type Services,
} from './inputs';

/** Lets programs ask for what people ask for in the pages: each is a request that is decided like any other. */
export function registerRequests(
  registry: ActionsRegistryService,
  { requests, write }: Services,
): void {
  const submit = async (
    wanted: NewRequest,
    key: string | undefined,
    credentials: BackstageCredentials,
  ) => ({
    output: {
      request: await write(
        {
          caller: { credentials },
          key,
          asked: { action: 'submit', wanted: wanted as JsonObject },
        },
        caller => requests.create(wanted, caller),
      ),
    },
  });

  registry.register({
    name: 'submit-request',
    title: 'Ask for a resource',
    description:
      'Asks for a new resource. Policy, quota and budget judge it; people approve it where they must. next says what happens then.',
    attributes: asking,
    schema: {
      input: z =>
        z.object({
          offering: z.string().max(63),
          parameters: parametersField(z).optional(),
          ...wishFields(z),
          idempotencyKey: keyField(z),
        }),
      output: requestOf,
    },
    async action({ input: { idempotencyKey, ...wish }, credentials }) {
      return submit({ kind: 'create', ...wish }, idempotencyKey, credentials);
    },
  });

  registry.register({
    name: 'import-resource',
    title: 'Take over a resource',
    description:
      'Asks that something made elsewhere becomes a resource of a group. The plan says what would change about it. For those who keep the platform.',
    attributes: asking,
    schema: {
      input: z =>
        z.object({
          offering: z.string().max(63),
          parameters: parametersField(z).optional(),
          ...wishFields(z),
          existing: z
            .array(
              z.object({
                address: z.string().max(200),
                id: z.string().min(1).max(500),
              }),
            )
            .max(50)
            .describe(
              'What stands there, in the words of the engine: database, login and owner for PostgreSQL, addresses of the module for Terraform',
            ),
          markedFor: idField(z)
            .optional()
            .describe('As search-orphans gives it, for an orphan'),
          idempotencyKey: keyField(z),
        }),
      output: requestOf,
    },
    async action({ input: { idempotencyKey, ...wish }, credentials }) {
      return submit({ kind: 'import', ...wish }, idempotencyKey, credentials);
    },
  });

  registry.register({
    name: 'change-resource',
    title: 'Change a resource',
    description:
      'Asks for other parameters of a resource; those that are absent stay. Without any it is brought back to what was asked for, which repairs drift and makes its secrets anew.',
    attributes: asking,
    schema: {
      input: z =>
        z.object({
          resourceId: idField(z),
          parameters: parametersField(z).optional(),
          timeToLiveDays: daysField(z).optional(),
          reason: reasonField(z),
          idempotencyKey: keyField(z),
        }),
      output: requestOf,
    },
    async action({ input: { idempotencyKey, ...change }, credentials }) {
      return submit({ kind: 'update', ...change }, idempotencyKey, credentials);
    },
  });

  registry.register({
    name: 'extend-resource',
    title: 'Extend a resource',
    description:
      'Asks for more days until a resource outside production ends by itself, counted from when it is granted.',
    attributes: asking,
    schema: {
      input: z =>
        z.object({
          resourceId: idField(z),
          timeToLiveDays: daysField(z),
          reason: reasonField(z),
          idempotencyKey: keyField(z),
        }),
      output: requestOf,
    },
    async action({ input: { idempotencyKey, ...change }, credentials }) {
      return submit({ kind: 'extend', ...change }, idempotencyKey, credentials);
    },
  });

  registry.register({
    name: 'transfer-resource',
    title: 'Give a resource to another group',
    description:
      'Asks another group to take a resource over. A lead of that group has to accept; tags, quota and budget move with it.',
    attributes: asking,
    schema: {
      input: z =>
        z.object({
          resourceId: idField(z),
          owner: z.string().max(200).describe('The group that is to own it'),
          component: z
            .string()
            .max(200)
            .optional()
            .describe('What is to use it; as it is when absent'),
          reason: reasonField(z),
          idempotencyKey: keyField(z),
        }),
      output: requestOf,
    },
    async action({ input: { idempotencyKey, ...change }, credentials }) {
      return submit(
        { kind: 'transfer', ...change },
        idempotencyKey,
        credentials,
      );
    },
  });

  registry.register({
    name: 'accept-resource',
    title: 'Accept a resource as it is',
    description:
      'Takes what is there for what is wanted: a drift, or what an interrupted or failed run left. The plan lists what is otherwise.',
    attributes: asking,
    schema: {
      input: z =>
        z.object({
          resourceId: idField(z),
          reason: reasonField(z),
          idempotencyKey: keyField(z),
        }),
      output: requestOf,
    },
    async action({ input: { idempotencyKey, ...change }, credentials }) {
      return submit({ kind: 'accept', ...change }, idempotencyKey, credentials);
    },
  });

  registry.register({
    name: 'destroy-resource',
    title: 'Destroy a resource',
    description:
      'Asks for the end of a resource. The plan names who would feel it; what is destroyed cannot be brought back.',
    attributes: { ...asking, destructive: true },
    schema: {
      input: z =>
        z.object({
          resourceId: idField(z),
          reason: reasonField(z),
          idempotencyKey: keyField(z),
        }),
      output: requestOf,
    },
    async action({ input: { idempotencyKey, ...end }, credentials }) {
      return submit({ kind: 'destroy', ...end }, idempotencyKey, credentials);
    },
  });
}
