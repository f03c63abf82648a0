import type { SignedDelivery } from '@waymark/plugin-webhooks-node';
import type { EventDoor } from './EventDoor';
import type { Fact } from './facts';
import type { DeliveryHistory } from './history/DeliveryHistory';

/** A delivery as it came in, before anybody looked into it. */
export type Delivery = SignedDelivery;

/** What a delivery says. */
export type Reading =
  | { kind: 'facts'; facts: Fact[] }
  /** Understood, and of no interest here. The reason is shown to people. */
  | { kind: 'ignored'; reason: string };

/**
 * One system that tells of deployments, changes or incidents. Everything but
 * `verify` is a pure function of the delivery, so that a delivery can be read
 * again after a mapping was mended.
 */
export interface DeliverySource {
  /** Stands in the address, `/api/dora/webhooks/<id>`: lower case letters, digits and dashes. */
  readonly id: string;
  /** What people call the system. */
  readonly title: string;
  /**
   * The annotations of catalog entities by which its deliveries name what they
   * belong to, such as `github.com/project-slug`. Facts that name another one
   * find nothing; none are needed where components are called by their names.
   */
  readonly annotations: readonly string[];
  /**
   * Checks that the delivery is from the sender.
   *
   * @param now - for schemes that sign the time: what is older or newer than five minutes is refused
   * @throws AuthenticationError when the signature is missing, wrong or stale
   */
  verify(delivery: Delivery, now: Date): void;
  /** The sender's own id of this delivery; repeats carry the same. When it has none, a digest of the body stands in. */
  deliveryId(delivery: Delivery): string | undefined;
  /** What the sender calls the event, for people who look through deliveries; never throws. */
  eventOf?(delivery: Delivery): string | undefined;
  /**
   * Reads the delivery.
   *
   * @throws InputError that says what was not understood; the delivery then waits in the dead-letter list
   */
  read(delivery: Delivery): Reading;
  /** Reads what was before the first delivery, where the system can be asked. */
  readonly history?: DeliveryHistory;
  /** Where its deliveries may come in by Backstage's events service. */
  readonly events?: EventDoor;
}
