import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { NewApproval } from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../../requests/people';
import {
  asking,
  idField,
  keyField,
  requestOf,
  type Services,
  type Zod,
} from './inputs';

const deed = (z: Zod) =>
  z.object({ id: idField(z), idempotencyKey: keyField(z) });

const verdict = (z: Zod) =>
  deed(z).extend({
    planHash: z
      .string()
      .max(100)
      .describe(
        'Hash of the plan that was looked at; another plan since then is refused',
      ),
    comment: z.string().max(2000).optional(),
  });

/** Lets programs do with a request what people do on its page. */
export function registerDecisions(
  registry: ActionsRegistryService,
  { requests, write }: Services,
): void {
  const change = async (
    id: string,
    of: {
      action: string;
      said?: JsonObject;
      key: string | undefined;
      credentials: BackstageCredentials;
    },
    act: (caller: Caller) => Promise<void>,
  ) => ({
    output: {
      request: await write(
        {
          caller: { credentials: of.credentials },
          key: of.key,
          asked: { action: of.action, id, ...(of.said && { said: of.said }) },
        },
        async caller => {
          await act(caller);
          return id;
        },
      ),
    },
  });

  const decide = async (
    {
      id,
      idempotencyKey,
      ...said
    }: NewApproval & {
      id: string;
      idempotencyKey?: string;
    },
    credentials: BackstageCredentials,
  ) =>
    change(
      id,
      { action: 'decide', said, key: idempotencyKey, credentials },
      async caller => requests.decide(id, said, caller),
    );

  registry.register({
    name: 'approve-request',
    title: 'Approve a request',
    description:
      'Approves the plan that was looked at. For those whom the decision names, and never for who asked.',
    attributes: asking,
    schema: { input: verdict, output: requestOf },
    async action({ input, credentials }) {
      return decide({ ...input, verdict: 'approve' }, credentials);
    },
  });

  registry.register({
    name: 'reject-request',
    title: 'Reject a request',
    description: 'Says no to the plan that was looked at; the request ends.',
    attributes: asking,
    schema: { input: verdict, output: requestOf },
    async action({ input, credentials }) {
      return decide({ ...input, verdict: 'reject' }, credentials);
    },
  });

  registry.register({
    name: 'comment-request',
    title: 'Comment on a request',
    description: 'Says something to everybody who looks at the request.',
    attributes: asking,
    schema: {
      input: z => deed(z).extend({ text: z.string().min(1).max(2000) }),
      output: requestOf,
    },
    async action({ input: { id, text, idempotencyKey: key }, credentials }) {
      return change(
        id,
        { action: 'comment', said: { text }, key, credentials },
        async caller => requests.comment(id, text, caller),
      );
    },
  });

  registry.register({
    name: 'cancel-request',
    title: 'Cancel a request',
    description:
      'Stops a request that is not being applied yet, or gives one up that failed before anything was made.',
    attributes: asking,
    schema: { input: deed, output: requestOf },
    async action({ input: { id, idempotencyKey: key }, credentials }) {
      return change(id, { action: 'cancel', key, credentials }, async caller =>
        requests.cancel(id, caller),
      );
    },
  });

  registry.register({
    name: 'retry-request',
    title: 'Retry a request',
    description:
      'Plans anew after a failure. After an interruption: only when somebody looked at what is there.',
    attributes: asking,
    schema: { input: deed, output: requestOf },
    async action({ input: { id, idempotencyKey: key }, credentials }) {
      return change(id, { action: 'retry', key, credentials }, async caller =>
        requests.retry(id, caller),
      );
    },
  });
}
