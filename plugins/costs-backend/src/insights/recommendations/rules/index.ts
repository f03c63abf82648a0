import type { Rule } from '../Rule';
import { besidePeers } from './besidePeers';
import { besideProduction } from './besideProduction';
import { loudTelemetry } from './loudTelemetry';
import { nobodys } from './nobodys';
import { oldGeneration } from './oldGeneration';
import { stoppedUse } from './stoppedUse';
import { storedTelemetry } from './storedTelemetry';
import { unattached } from './unattached';
import { uncommitted } from './uncommitted';

/** All rules. A new one is a file and a line here. */
export const rules: Rule[] = [
  stoppedUse,
  nobodys,
  besidePeers,
  besideProduction,
  unattached,
  uncommitted,
  oldGeneration,
  storedTelemetry,
  loudTelemetry,
];
