/** How Backstage's events service carries what a system sends to Backstage's own ingress. */
export interface EventDoor {
  /** The topics that say something of deployments, changes or incidents, such as `github.deployment_status`. */
  readonly topics: readonly string[];
  /**
   * What the topic says of a delivery whose headers were not kept: between two
   * processes the events service carries bodies alone.
   */
  headersOf(topic: string): Record<string, string>;
}
