import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { EventParams, EventsService } from '@backstage/plugin-events-node';
import type { Delivery, DeliverySource } from '@waymark/plugin-dora-node';
import { setTimeout } from 'node:timers/promises';
import type { EventSubscription } from '../../config';
import type { Inbox } from '../Inbox';
import type { SourceRegistry } from '../SourceRegistry';

const shortestPauseMs = 200;
const longestPauseMs = 5000;

/** It keeps no process alive that wants to end. */
const pause = (millis: number) => setTimeout(millis, undefined, { ref: false });

/**
 * Takes deliveries from Backstage's events service into the inbox. Its ingress
 * answers the sender when all subscribers have, and whether they failed or not:
 * so this one answers only when the delivery is stored. While it cannot be
 * stored the sender has no answer, and sends it again.
 */
export class EventReceiver {
  readonly #options: EventReceiverOptions;

  private constructor(options: EventReceiverOptions) {
    this.#options = options;
  }

  static create(options: EventReceiverOptions): EventReceiver {
    return new EventReceiver(options);
  }

  /**
   * Begins to receive.
   *
   * @throws InputError when a subscription names an unknown source, no topic, or one that anybody may send to
   */
  async subscribe(): Promise<void> {
    const { events, subscriptions } = this.#options;
    for (const [index, subscription] of subscriptions.entries()) {
      const { source, topics } = this.#read(subscription, index);
      await events.subscribe({
        id: `deliveries-${source.id}`,
        topics: [...topics],
        onEvent: event => this.#store(source, event),
      });
    }
  }

  #read(
    subscription: EventSubscription,
    index: number,
  ): { source: DeliverySource; topics: readonly string[] } {
    const { sources, unverified } = this.#options;
    const key = `dora.events[${index}]`;
    const source = sources.list().find(({ id }) => id === subscription.source);
    if (!source) {
      throw new InputError(
        `${key}.source is ${subscription.source}; it must be one of ${sources
          .list()
          .map(({ id }) => id)
          .sort()
          .join(', ')}`,
      );
    }
    const topics = subscription.topics ?? source.events?.topics ?? [];
    if (topics.length === 0) {
      throw new InputError(
        `${key}.topics is missing: ${source.title} has no topics of its own`,
      );
    }
    const open = unverified.find(topic =>
      topics.some(wanted => wanted === topic || wanted.startsWith(`${topic}.`)),
    );
    if (open) {
      throw new InputError(
        `${key} wants what comes in by the topic ${open}, but events.http.topics opens that to anybody; remove it there and install the module that receives ${open} with a validator`,
      );
    }
    return { source, topics };
  }

  async #store(source: DeliverySource, event: EventParams): Promise<void> {
    const { inbox, logger, sleep = pause } = this.#options;
    const delivery = deliveryOf(source, event);
    for (let pauseMs = shortestPauseMs; ; ) {
      try {
        await inbox.accept(source, delivery);
        return;
      } catch (error) {
        logger.warn(
          `An event of ${event.topic} could not be stored; it is tried again: ${error}`,
        );
      }
      await sleep(pauseMs);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
  }
}

function deliveryOf(
  source: DeliverySource,
  { topic, eventPayload, metadata = {} }: EventParams,
): Delivery {
  return {
    headers: {
      ...source.events?.headersOf(topic),
      ...Object.fromEntries(
        Object.entries(metadata).map(([name, value]) => [
          name.toLowerCase(),
          Array.isArray(value) ? value.join(', ') : value,
        ]),
      ),
    },
    body: Buffer.from(JSON.stringify(eventPayload ?? null)),
  };
}

type EventReceiverOptions = {
  events: EventsService;
  inbox: Inbox;
  sources: SourceRegistry;
  subscriptions: EventSubscription[];
  /** Topics of the ingress that check nobody's signature. */
  unverified: string[];
  logger: LoggerService;
  sleep?: (millis: number) => Promise<void>;
};
