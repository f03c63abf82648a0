import type {
  CountedServicePage,
  CountedServicesQuery,
  Drift,
  FleetPage,
  FleetQuery,
  FleetSummary,
  GoldenPathTemplate,
  Member,
} from '@waymark/plugin-golden-paths-common';
import type { Caller } from '../caller';

/** Which repository is on which version of which golden path. */
export interface Fleet {
  templates(caller: Caller): Promise<GoldenPathTemplate[]>;
  list(query: FleetQuery, caller: Caller): Promise<FleetPage>;
  summary(caller: Caller): Promise<FleetSummary>;
  /** The services that coverage counts, and those that it leaves out. */
  services(
    query: CountedServicesQuery,
    caller: Caller,
  ): Promise<CountedServicePage>;
  /** @throws NotFoundError when it is on no golden path */
  find(entityRef: string, caller: Caller): Promise<Member>;
  /**
   * @throws NotFoundError when it is on no golden path
   * @throws InputError when its record or history is broken
   */
  drift(entityRef: string, caller: Caller): Promise<Drift>;
}
