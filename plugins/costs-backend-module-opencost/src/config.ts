import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/** What an entry of `costs.sources.opencost` says; `config.d.ts` describes each key. */
export type OpencostSettings = {
  source: string;
  url: string;
  currency: string;
  billed: boolean;
  token?: string;
};

const key = 'costs.sources.opencost';

/** Reads `costs.sources.opencost`. */
export function readOpencostSettings(
  root: RootConfigService,
): OpencostSettings[] {
  return (root.getOptionalConfigArray(key) ?? []).map((config, index) => {
    const url = config.getString('url');
    const currency = config.getOptionalString('currency') ?? 'USD';
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new InputError(
        `${key}[${index}].url is ${url}; it must be an address such as http://opencost.opencost:9003`,
      );
    }
    if (!/^[A-Z]{3}$/.test(currency)) {
      throw new InputError(
        `${key}[${index}].currency is ${currency}; it must be three capital letters such as USD`,
      );
    }
    return {
      source: config.getString('source'),
      url,
      currency,
      billed: config.getOptionalBoolean('billed') ?? false,
      token: config.getOptionalString('token'),
    };
  });
}
