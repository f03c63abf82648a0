import { portalUrl } from '../../portal/environment.ts';
import { loadSecrets } from '../../secrets.ts';
import type { OnProgress } from '../door.ts';
import { recall, remember } from '../memory.ts';
import { billsUntil, providers } from './bills.ts';
import { setDemoBudgets } from './budgets.ts';
import { deliverBills } from './deliver.ts';
import { readEstate } from './estate.ts';
import { monthsTold } from './months.ts';
import { setBillRates } from './rates.ts';
import { setBillRules } from './rules.ts';

/** Under which name it is remembered that the bills are loaded. */
export const billsLoad = 'bills';

/** Loads the demo's thirteen months of bills into the running portal. */
export async function loadBills(
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<{ files: number; rows: number }> {
  const memory = (await recall(billsLoad)) ?? {
    until: Date.now(),
    loaded: false,
  };
  await remember(billsLoad, memory);
  const { billToken } = await loadSecrets();
  const door = { url: portalUrl, token: billToken, signal };
  await setBillRules(door, memory.until);
  await setBillRates(door, memory.until);
  const told = await deliverBills({
    door,
    bills: billsUntil(await readEstate(), memory.until),
    count: monthsTold * providers.length,
    onProgress,
  });
  await setDemoBudgets(door, memory.until);
  await remember(billsLoad, { ...memory, loaded: true });
  return told;
}
