import { InputError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  Offering as OfferingAnswer,
  OfferingDetail,
  Estimate,
  Problem,
  Range,
  Timing,
} from '@waymark/plugin-infrastructure-common';
import type { Engine } from '@waymark/plugin-infrastructure-node';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { amountOf, estimate } from './estimate';
import { offeringSchema, type OfferingFile } from './offering';
import { ParameterForm } from './ParameterForm';
import type { PriceBook } from './PriceBook';
import { priceRange } from './priceRange';

/** Finds an engine by the name that offerings use. */
export type Engines = ReadonlyMap<string, Engine>;

/** Something that can be asked for. */
export class Offering {
  readonly file: OfferingFile;
  readonly #form: ParameterForm;
  readonly #prices: PriceBook;

  /** @throws InputError that says what in the file makes no sense */
  constructor(file: OfferingFile, prices: PriceBook) {
    this.file = file;
    this.#prices = prices;
    this.#form = new ParameterForm(file.spec.parameters);
  }

  get name() {
    return this.file.metadata.name;
  }

  get version() {
    return this.file.metadata.version;
  }

  /** Whether nothing of it can be asked for any more. */
  get isRetired() {
    return this.file.spec.environments.length === 0;
  }

  get unit() {
    return this.file.spec.quota.unit;
  }

  /** The parameters with defaults filled in, and what is not right about them. */
  check(given: JsonObject): { parameters: JsonObject; problems: Problem[] } {
    return this.#form.check(given);
  }

  /** @throws InputError when a price is not known */
  estimate(parameters: JsonObject): Estimate {
    return estimate(this.file.spec.price.items, parameters, this.#prices);
  }

  /** How much of its unit it takes. */
  amount(parameters: JsonObject): number {
    return amountOf(this.file.spec.quota.amount, parameters);
  }

  /** As it is listed. */
  async describe(
    timing: Timing,
    engine: Engine | undefined,
  ): Promise<OfferingAnswer> {
    const { metadata, spec } = this.file;
    const unavailable = await this.#unavailable(engine);
    const shortfall = this.shortfall(engine);
    return {
      name: metadata.name,
      version: metadata.version,
      title: metadata.title,
      summary: metadata.summary,
      category: spec.category,
      engine: spec.engine.name,
      available: !unavailable,
      ...(unavailable && { unavailableReason: unavailable }),
      ...(shortfall && { shortfall }),
      environments: spec.environments,
      ...this.#beginning(),
      resourceType: spec.resourceType,
      timing,
    };
  }

  /** What is not brought about here of what it promises. */
  shortfall(engine: Engine | undefined): string | undefined {
    return engine?.shortfall?.(this.file.spec.engine.settings);
  }

  async #unavailable(engine: Engine | undefined): Promise<string | undefined> {
    if (this.isRetired) {
      return 'It is retired: what there is of it can be changed and removed, and nothing more be asked for.';
    }
    return engine
      ? engine.unavailable()
      : `The engine "${this.file.spec.engine.name}" is not part of this portal`;
  }

  /** What it costs before anybody chose. */
  #beginning(): { monthlyCost?: Range } {
    const { parameters, price } = this.file.spec;
    const monthlyCost = priceRange({
      items: price.items,
      prices: this.#prices,
      schema: parameters,
      begun: this.check({}).parameters,
    });
    return monthlyCost ? { monthlyCost } : {};
  }

  /**
   * With its form and all that helps to choose.
   *
   * @param titleOf - what another offering is called
   */
  async detail(
    timing: Timing,
    engine: Engine | undefined,
    titleOf: (offering: string) => string,
  ): Promise<OfferingDetail> {
    const { spec } = this.file;
    return {
      ...(await this.describe(timing, engine)),
      use: spec.use,
      form: spec.parameters,
      outputs: spec.outputs,
      dependencies: spec.dependencies.map(name => ({
        name,
        title: titleOf(name),
      })),
      documentation: spec.documentation,
      troubleshooting: spec.troubleshooting,
      quota: { unit: spec.quota.unit },
    };
  }
}

/** Finds what an offering depends on and is not among those there are. */
const lackOf =
  (offerings: ReadonlyMap<string, Offering>) =>
  ({ name, file }: Offering): { name: string; message: string }[] =>
    file.spec.dependencies
      .filter(needed => needed === name || !offerings.has(needed))
      .map(needed => ({
        name,
        message: `spec.dependencies: ${
          needed === name
            ? 'it cannot depend on itself'
            : `there is no offering ${needed}; there are ${[
                ...offerings.keys(),
              ].join(', ')}`
        }`,
      }));

/** All offerings of a folder. One that cannot be read is left out, and named with the reason. */
export class Offerings {
  readonly problems: readonly { file: string; message: string }[];
  readonly #offerings: ReadonlyMap<string, Offering>;

  private constructor(
    offerings: ReadonlyMap<string, Offering>,
    problems: { file: string; message: string }[],
  ) {
    this.#offerings = offerings;
    this.problems = problems;
  }

  static async read(options: {
    folder: string;
    prices: PriceBook;
    engines: Engines;
  }): Promise<Offerings> {
    const { folder, prices, engines } = options;
    const offerings = new Map<string, Offering>();
    const fileOf = new Map<string, string>();
    const problems: { file: string; message: string }[] = [];
    const files = (await readdir(folder)).filter(name => /\.ya?ml$/.test(name));
    for (const file of files.sort()) {
      try {
        const text = await readFile(path.join(folder, file), 'utf8');
        const offering = readOffering(text, prices);
        const { engine } = offering.file.spec;
        engines.get(engine.name)?.checkSettings(engine.settings);
        if (offerings.has(offering.name)) {
          throw new InputError(`${offering.name} is another file's name`);
        }
        offerings.set(offering.name, offering);
        fileOf.set(offering.name, file);
      } catch (error) {
        problems.push({ file, message: (error as Error).message });
      }
    }
    for (;;) {
      const [lacking] = [...offerings.values()].flatMap(lackOf(offerings));
      if (!lacking) return new Offerings(offerings, problems);
      // Others may in turn depend on what is left out.
      offerings.delete(lacking.name);
      problems.push({
        file: fileOf.get(lacking.name)!,
        message: lacking.message,
      });
    }
  }

  all(): Offering[] {
    return [...this.#offerings.values()];
  }

  /** Undefined when its file is gone, or makes no sense any more. */
  find(name: string): Offering | undefined {
    return this.#offerings.get(name);
  }

  /** @throws NotFoundError that lists what there is */
  get(name: string): Offering {
    const offering = this.find(name);
    if (!offering) {
      throw new NotFoundError(
        `There is no offering ${name}; there are ${[
          ...this.#offerings.keys(),
        ].join(', ')}`,
      );
    }
    return offering;
  }
}

/** @throws InputError that says what is wrong and where */
export function readOffering(text: string, prices: PriceBook): Offering {
  const parsed = offeringSchema.safeParse(parse(text));
  if (!parsed.success) throw new InputError(z.prettifyError(parsed.error));
  return new Offering(parsed.data, prices);
}
