import type {
  AnomaliesQuery,
  Anomaly,
  AnomalyDetail,
  AnomalyPage,
  AnomalyVerdict,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../../import/ImportsService';

/** The parts of an anomaly of which somebody said something, and as they were before. */
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
   * The one of which something is a part, with the days around it, and the
   * lines that caused it.
   *
   * @param within - groups of whose parts it is told; of all when absent
   * @throws NotFoundError when there is none
   */
  find(id: string, caller: Caller, within?: string[]): Promise<AnomalyDetail>;

  /**
   * Explains an anomaly, mutes its services for their owners, or opens it
   * again; the same again changes nothing.
   *
   * @param parts - ids of the parts of which it is said; of all when absent
   * @throws InputError when no reason is given, or the day is not to come
   * @throws NotFoundError when there is none
   */
  judge(
    id: string,
    verdict: AnomalyVerdict,
    caller: Caller,
    parts?: string[],
  ): Promise<AnomalyWrite>;
}
