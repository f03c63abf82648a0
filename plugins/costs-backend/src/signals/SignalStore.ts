import type { SignalRuleList } from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';

/** A pattern in which a star stands for anything, as the database has it. */
const likeOf = (pattern = '*') =>
  pattern.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');

/** Keeps the rules by which charges are logs, metrics or traces. */
export class SignalStore {
  async rules(knex: Knex): Promise<SignalRuleList> {
    const rows = await knex('signal_rules')
      .orderBy('place')
      .select('signal', 'service', 'charge');
    return {
      items: rows.map(({ signal, service, charge }) => ({
        signal,
        service,
        ...(charge === null ? {} : { charge }),
      })),
    };
  }

  async replace(tx: Knex.Transaction, { items }: SignalRuleList) {
    // Whoever reads meanwhile has the rules from before, or the new ones.
    await tx.raw('lock table signal_rules in exclusive mode');
    await tx('signal_rules').delete();
    if (items.length === 0) return;
    await tx('signal_rules').insert(
      items.map(({ signal, service, charge }, place) => ({
        place,
        signal,
        service,
        charge: charge ?? null,
        service_like: likeOf(service),
        charge_like: likeOf(charge),
      })),
    );
  }
}
