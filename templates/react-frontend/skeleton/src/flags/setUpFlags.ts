import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import {
  OpenFeature,
  TypedInMemoryProvider,
  type Hook,
  type Provider,
} from '@openfeature/web-sdk';
import type { Report } from '../telemetry/Reports.ts';
import { flags } from './flags.ts';

const visitorKey = 'visitor';

/** A random id, so that a visitor stays in one group of an experiment. */
export function visitorId(storage: Storage = localStorage): string {
  const known = storage.getItem(visitorKey);
  if (known) return known;
  const id = crypto.randomUUID();
  storage.setItem(visitorKey, id);
  return id;
}

function defaults(): Provider {
  return new TypedInMemoryProvider(
    Object.fromEntries(
      Object.entries(flags).map(([key, value]) => [
        key,
        {
          variants: { on: value },
          defaultVariant: 'on' as const,
          disabled: false,
        },
      ]),
    ),
  );
}

/** Says which variant a visitor saw: without it, an experiment has no groups. */
export function exposures(report: (exposure: Report) => void): Hook {
  const seen = new Set<string>();
  return {
    after({ flagKey }, { variant }) {
      const exposure = `${flagKey}=${variant ?? ''}`;
      if (!variant || seen.has(exposure)) return;
      seen.add(exposure);
      report({ kind: 'exposure', name: flagKey, variant });
    },
  };
}

/** Starts to ask for flags. The page does not wait: until they are there, defaults hold. */
export function setUpFlags(options: {
  flagsUrl?: string;
  environment: string;
  report: (exposure: Report) => void;
}): void {
  OpenFeature.addHooks(exposures(options.report));
  OpenFeature.setProvider(
    options.flagsUrl
      ? new OFREPWebProvider({ baseUrl: options.flagsUrl })
      : defaults(),
    { targetingKey: visitorId(), environment: options.environment },
  );
}
