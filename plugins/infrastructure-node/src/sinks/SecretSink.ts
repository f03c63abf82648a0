import type { JsonObject } from '@backstage/types';

/** Secrets of a resource, and where they are to go. */
export type SecretDelivery = {
  resource: {
    id: string;
    name: string;
    environment: string;
    /** Entity reference of the group that owns it. */
    owner: string;
  };
  /** What the configuration says to the sink, such as a path; words in `${…}` are filled in. */
  settings: JsonObject;
};

/** A place that keeps secrets for those who need them, instead of the portal. */
export interface SecretSink {
  /** As the configuration names it. */
  readonly name: string;
  /** @throws InputError when the settings make no sense to this sink */
  checkSettings(settings: JsonObject): void;
  /**
   * Puts secrets there, by name. The same again changes nothing. What somebody
   * else keeps in that place is not touched. Values are in no error and no log.
   *
   * @returns where they are, for people
   * @throws ConflictError when the place is somebody else's
   */
  deliver(
    delivery: SecretDelivery,
    secrets: Record<string, string>,
    signal: AbortSignal,
  ): Promise<string>;
  /** Removes what was put there; nothing where there is nothing. */
  remove(delivery: SecretDelivery, signal: AbortSignal): Promise<void>;
}
