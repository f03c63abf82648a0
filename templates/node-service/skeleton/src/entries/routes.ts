import type { FastifyInstance } from 'fastify';
import type { components, operations } from '../api-types.js';
import type { Contract } from '../contract.js';
import { isOn } from '../flags.js';
import { HttpProblem } from '../plugins/problems.js';
import type { EntryStore } from './store.js';

type NewEntry = components['schemas']['NewEntry'];
type Page = components['schemas']['EntryPage'];
// The document's default has been applied by the time a handler runs.
type ListQuery = NonNullable<
  operations['listEntries']['parameters']['query']
> & {
  limit: number;
};
type KeyParams = operations['getEntry']['parameters']['path'];

const KEY = /^[a-z0-9-]+$/;

export function entryRoutes(
  app: FastifyInstance,
  contract: Contract,
  store: EntryStore,
): void {
  app.route<{ Querystring: ListQuery }>({
    ...contract.route('listEntries'),
    handler: async (request): Promise<Page> => {
      const { limit, cursor } = request.query;
      const after = cursor === undefined ? '' : readCursor(cursor);
      // One more than asked for tells whether there is a next page.
      const found = await store.list({ after, limit: limit + 1 });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return found.length > limit && last
        ? { items, nextCursor: Buffer.from(last.key).toString('base64url') }
        : { items };
    },
  });

  app.route<{ Body: NewEntry }>({
    ...contract.route('createEntry'),
    handler: async (request, reply) => {
      if (!(await isOn('accept-entries', request.caller))) {
        throw new HttpProblem(503, 'No entries are accepted at the moment', {
          'retry-after': '60',
        });
      }
      const { key, text } = request.body;
      const createdAt = new Date().toISOString();
      const entry = { key, text, createdAt, createdBy: request.caller };
      if (!(await store.add(entry))) {
        throw new HttpProblem(409, `There is already an entry ${key}`);
      }
      return reply
        .code(201)
        .header('location', `/v1/entries/${key}`)
        .send(entry);
    },
  });

  app.route<{ Params: KeyParams }>({
    ...contract.route('getEntry'),
    handler: async request => {
      const entry = await store.get(request.params.key);
      return entry ?? notFound(request.params.key);
    },
  });

  app.route<{ Params: KeyParams }>({
    ...contract.route('deleteEntry'),
    handler: async (request, reply) => {
      if (!(await store.remove(request.params.key))) {
        notFound(request.params.key);
      }
      return reply.code(204).send();
    },
  });
}

function notFound(key: string): never {
  throw new HttpProblem(404, `There is no entry ${key}`);
}

function readCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString();
  if (!KEY.test(key)) {
    throw new HttpProblem(400, 'The cursor is not one that this API gave');
  }
  return key;
}
