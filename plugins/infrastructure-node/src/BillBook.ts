import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Something that knows what resources really cost. */
export interface BillBook {
  /**
   * US dollars that resources were used for in a time.
   *
   * @param question.entityRefs - the resources, as the catalog has them
   * @param question.from - the first day
   * @param question.to - the day after the last
   * @param question.credentials - on whose behalf: who sees only their own
   *   costs is answered of those
   * @returns by resource; one that is absent is not billed, or not theirs to see
   * @throws when it cannot be read
   */
  used(question: {
    entityRefs: string[];
    from: string;
    to: string;
    credentials: BackstageCredentials;
  }): Promise<Map<string, number>>;
}
