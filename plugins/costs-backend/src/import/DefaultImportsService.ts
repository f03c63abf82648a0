import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  ImportsQuery,
  StrayChoice,
  WithdrawalOrder,
} from '@waymark/plugin-costs-common';
import { randomUUID } from 'node:crypto';
import { callerName } from '@waymark/plugin-authorization-node';
import type { BillStore } from './BillStore';
import type { FileStore } from './FileStore';
import type { Caller, ImportsService, Upload } from './ImportsService';
import { toImport, type ImportStore } from './ImportStore';
import { strayChoices } from './strays';
import type { Withdrawer } from './Withdrawer';

const sourcePattern = /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/;
const longestFilename = 200;
const longestReason = 500;

/** @throws InputError when a source cannot be called so */
export function readSource(value: unknown): string {
  if (typeof value === 'string' && sourcePattern.test(value)) return value;
  throw new InputError(
    'source must say whose bills these are, in up to 63 small letters, digits, dots, underscores and hyphens, such as aws',
  );
}

function readFilename(value: unknown): string {
  if (
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.length <= longestFilename
  ) {
    return value.trim();
  }
  throw new InputError(
    `filename must be how people call the file, in up to ${longestFilename} characters`,
  );
}

function readStrays(value: unknown): StrayChoice {
  const chosen = strayChoices.find(choice => choice === (value ?? 'refuse'));
  if (chosen) return chosen;
  throw new InputError(
    `strays must be one of ${strayChoices.join(
      ', ',
    )}: what becomes of billing periods that the file has only a few rows of`,
  );
}

/** Programs that run actions come past the contract. */
function readReason(value: unknown): string {
  if (
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.length <= longestReason
  ) {
    return value.trim();
  }
  throw new InputError(
    `reason must say why it is taken back, in up to ${longestReason} characters`,
  );
}

/** Keeps files and has them read. */
export class DefaultImportsService implements ImportsService {
  readonly #imports: ImportStore;
  readonly #bills: BillStore;
  readonly #files: FileStore;
  readonly #withdrawer: Withdrawer;
  readonly #onAdded: () => void;

  private constructor(options: DefaultImportsServiceOptions) {
    this.#imports = options.imports;
    this.#bills = options.bills;
    this.#files = options.files;
    this.#withdrawer = options.withdrawer;
    this.#onAdded = options.onAdded;
  }

  /** @param options.onAdded - called when there is a file to be read */
  static create(options: DefaultImportsServiceOptions): DefaultImportsService {
    return new DefaultImportsService(options);
  }

  async add(upload: Upload, about: Record<string, unknown>, caller: Caller) {
    const source = readSource(about.source);
    const filename = readFilename(about.filename);
    const strays = readStrays(about.strays);
    const id = randomUUID();
    const stored = await this.#files.put(id, upload);
    const row = await this.#imports.add({
      id,
      source,
      filename,
      strays,
      ...stored,
      created_by: callerName(caller.credentials),
    });
    this.#onAdded();
    return toImport(row);
  }

  async list({ source, state, limit = 50, offset = 0 }: ImportsQuery) {
    const { rows, total } = await this.#imports.list({
      source,
      state,
      limit,
      offset,
    });
    return { items: rows.map(toImport), total };
  }

  async get(id: string) {
    return toImport(await this.#found(id));
  }

  async cancel(id: string, { credentials }: Caller) {
    const row = await this.#found(id);
    if (!(await this.#imports.cancel(id, callerName(credentials)))) {
      throw new ConflictError(`Import ${id} is over already; look at it anew`);
    }
    // Whoever reads it removes it when it stops.
    if (row.state === 'waiting') await this.#files.remove(id);
    // The next one of its source need not wait any more.
    this.#onAdded();
    return toImport(await this.#found(id));
  }

  async withdraw(
    id: string,
    { reason }: WithdrawalOrder,
    { credentials }: Caller,
  ) {
    const by = callerName(credentials);
    return toImport(
      await this.#withdrawer.withdraw(id, { by, reason: readReason(reason) }),
    );
  }

  async bills({ source }: { source?: string }) {
    return { items: await this.#bills.list(source) };
  }

  async #found(id: string) {
    const row = await this.#imports.find(id);
    if (!row) throw new NotFoundError(`There is no import ${id}`);
    return row;
  }
}

type DefaultImportsServiceOptions = {
  imports: ImportStore;
  bills: BillStore;
  files: FileStore;
  withdrawer: Withdrawer;
  onAdded: () => void;
};
