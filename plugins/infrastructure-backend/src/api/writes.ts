import type { JsonObject } from '@backstage/types';
import type { RequestDetail } from '@waymark/plugin-infrastructure-common';
import type { Caller } from '../requests/people';
import type { ViewsService } from '../views/ViewsService';
import type { Idempotency } from './Idempotency';

/** A change of a request, as a page or a program asks for it. */
export type Write = {
  caller: Caller;
  /** Repetitions with the same key have their effect once. */
  key: string | undefined;
  /** All that decides what is done. */
  asked: JsonObject;
};

/** What a write does. @returns the id of what it is about */
type Act = (caller: Caller) => Promise<string>;

/** Does something once for each key. @returns the id of what it is about */
export type Once = (of: Write, act: Act) => Promise<{ id: string }>;

/** Does something to a request. @returns the request as it is then */
export type Writer = (of: Write, act: Act) => Promise<RequestDetail>;

/** What both ways of writing, by HTTP and by action, go through. */
export type Writes = { once: Once; write: Writer };

/** Makes writes that have their effect once for each key. */
export function createWrites(options: {
  idempotency: Idempotency;
  views: ViewsService;
}): Writes {
  const { idempotency, views } = options;
  const once: Once = (of, act) =>
    idempotency.once<{ id: string }>(of, async keep => ({
      id: await act({
        ...of.caller,
        keepAnswer: (tx, requestId) => keep(tx, { id: requestId }),
      }),
    }));
  return {
    once,
    async write(of, act) {
      const { id } = await once(of, act);
      return views.request(id, of.caller);
    },
  };
}
