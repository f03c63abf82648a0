import { ResponseError } from '@backstage/errors';
import type { BillBook } from '@waymark/plugin-infrastructure-node';
import type { CostsReach } from './CostsReach';

/** Estimates are in it. */
const currency = 'USD';

/** A filter has room for so many entities, however long their names are. */
const atOnce = 30;

/** Reads what resources were used for from the costs plugin over HTTP, on behalf of whoever asks. */
export class CostsBillBook implements BillBook {
  readonly #reach: CostsReach;

  constructor(reach: CostsReach) {
    this.#reach = reach;
  }

  async used(
    question: Parameters<BillBook['used']>[0],
  ): Promise<Map<string, number>> {
    const { entityRefs, from, to, credentials } = question;
    const client = await this.#reach.as(credentials);
    const used = new Map<string, number>();
    for (let first = 0; first < entityRefs.length; first += atOnce) {
      const filter = entityRefs
        .slice(first, first + atOnce)
        .map(ref => `entity=${encodeURIComponent(ref)}`)
        .join(',');
      const { data, response } = await client.GET('/totals', {
        params: {
          query: {
            from,
            to,
            measure: 'EffectiveCost',
            groupBy: 'entity',
            filter,
            limit: 1000,
          },
        },
      });
      if (!data) throw await ResponseError.fromResponse(response);
      for (const item of data.items) {
        if (item.key && item.currency === currency) {
          used.set(item.key, Number(item.amount));
        }
      }
    }
    return used;
  }
}
