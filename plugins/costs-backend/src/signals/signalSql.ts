import { plain } from '../charges/sql';

/**
 * Whether a charge is for logs, metrics, traces or all of these, with its item
 * as `i`: by the first rule that fits; null for what is for something else.
 */
export const signalOfItem = plain(`(
  select r.signal from signal_rules r
  where i."ServiceName" ilike r.service_like
    and concat_ws(' ', i."SkuId", i."SkuMeter", i."ResourceType",
      i."ChargeDescription") ilike r.charge_like
  order by r.place limit 1)`);
