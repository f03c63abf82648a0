import type { JsonObject } from '@backstage/types';
import type { SignedDelivery } from '@waymark/plugin-webhooks-node';

/** Work that an engine gave to another system, such as a commit that a cluster reconciles. */
export type Handover = {
  /**
   * Where it lies, in words that reports use too. A report about `a/b` is one
   * about everything whose place begins with `a/b/`.
   */
  place: string;
  /** What is waited for, in a sentence for people. */
  waitsFor: string;
  /** How long to wait for it, in milliseconds, where people finish it; else as long as the configuration says. */
  patienceMs?: number;
  /** What was handed over, for the engine to find it again. */
  content: JsonObject;
};

/** What another system says of work that was handed to it. */
export type Report = {
  /** As in `Handover`. */
  place: string;
  /** What the other system looked at, such as a commit. */
  revision: string;
  /** `drifted` is other than was handed over; `failed` cannot become it. */
  state: 'settled' | 'working' | 'drifted' | 'failed';
  /** For people. */
  message: string;
  /** When the other system said so (ISO 8601). Of two reports about a place the later one counts, whichever arrives first. */
  at: string;
};

/** A report as it came in, before anybody looked into it. */
export type ReportDelivery = SignedDelivery;

/** How an engine hears what became of work that it handed over. */
export interface Reporting {
  /** The systems that report, as the address of the door names them. */
  readonly senders: readonly string[];
  /** @throws AuthenticationError when the delivery is not from the sender */
  verify(sender: string, delivery: ReportDelivery): void;
  /**
   * A pure function of the delivery.
   *
   * @returns undefined when it is understood, and of no interest
   * @throws InputError that says what was not understood
   */
  read(sender: string, delivery: ReportDelivery): Report | undefined;
  /** Whether what was handed over is part of what a report is about. */
  includes(handover: Handover, report: Report): Promise<boolean>;
}
