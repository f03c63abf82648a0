import type {
  AnomaliesQuery,
  Anomaly,
  AnomalyDetail,
  AnomalyPage,
  AnomalyVerdict,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../../import/ImportsService';

/** An anomaly after somebody said something of it, and as it was before. */
export type AnomalyWrite = { before: Anomaly; anomaly: Anomaly };

/** What stood out of what services cost their owners. */
export interface AnomaliesService {
  /** @param within - groups of whom it must be; anybody when absent */
  list(
    query: AnomaliesQuery,
    caller: Caller,
    within?: string[],
  ): Promise<AnomalyPage>;

  /**
   * One with the days around it, and the lines that caused it.
   *
   * @throws NotFoundError when there is none
   */
  find(id: string, caller: Caller): Promise<AnomalyDetail>;

  /**
   * Explains an anomaly, mutes its service for its owner, or opens it again;
   * the same again changes nothing.
   *
   * @throws InputError when no reason is given, or the day is not to come
   * @throws NotFoundError when there is none
   */
  judge(
    id: string,
    verdict: AnomalyVerdict,
    caller: Caller,
  ): Promise<AnomalyWrite>;
}
