import type {
  ImportsQuery,
  WithdrawalOrder,
} from '@waymark/plugin-costs-common';
import type { Audit } from '../audit/Audit';
import type { Caller, ImportsService, Upload } from './ImportsService';

/** As the caller wrote it, if it is text at all. */
const said = (value: unknown) => (typeof value === 'string' ? value : null);

/** Writes down who handed in which bill, stopped one or took one back, and what was refused. */
export class AuditedImports implements ImportsService {
  readonly #imports: ImportsService;
  readonly #audit: Audit;

  constructor(imports: ImportsService, audit: Audit) {
    this.#imports = imports;
    this.#audit = audit;
  }

  add(upload: Upload, about: Record<string, unknown>, caller: Caller) {
    const asked = {
      source: said(about.source),
      filename: said(about.filename),
      strays: said(about.strays),
    };
    return this.#audit.note('import-add', asked, caller, async () => {
      const result = await this.#imports.add(upload, about, caller);
      return { result, meta: { id: result.id, bytes: result.bytes } };
    });
  }

  cancel(id: string, caller: Caller) {
    return this.#audit.note('import-cancel', { id }, caller, async () => {
      const result = await this.#imports.cancel(id, caller);
      const { source, filename } = result;
      return { result, meta: { source, filename } };
    });
  }

  withdraw(id: string, order: WithdrawalOrder, caller: Caller) {
    const asked = { id, reason: said(order.reason) };
    return this.#audit.note('import-withdraw', asked, caller, async () => {
      const result = await this.#imports.withdraw(id, order, caller);
      const { source, filename, withdrawal } = result;
      return {
        result,
        meta: { source, filename, periods: withdrawal?.periods ?? [] },
      };
    });
  }

  list(query: ImportsQuery, caller: Caller) {
    return this.#imports.list(query, caller);
  }

  get(id: string, caller: Caller) {
    return this.#imports.get(id, caller);
  }

  bills(query: { source?: string }, caller: Caller) {
    return this.#imports.bills(query, caller);
  }
}
