import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { SecretSink } from '@waymark/plugin-infrastructure-node';
import type { SinkRule } from '../config';
import type { ResourceRow } from '../requests/records';

/** The sink of a secret, with what it needs to know. */
export type Destination = { sink: string; settings: JsonObject };

type Place = Pick<
  ResourceRow,
  'name' | 'environment' | 'offering' | 'owner_ref'
>;

const word = /\$\{([A-Za-z]+)\}/g;

/** Puts what is known of a resource in the place of words. */
function fill(settings: JsonObject, of: Place): JsonObject {
  const values: Record<string, string> = {
    name: of.name,
    environment: of.environment,
    offering: of.offering,
    owner: of.owner_ref.replace(/^.*\//, ''),
  };
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key,
      typeof value === 'string'
        ? value.replace(word, (_, name: string) => {
            if (Object.hasOwn(values, name)) return values[name];
            throw new InputError(
              `infrastructure.secretSinks uses \${${name}}; there are ${Object.keys(
                values,
              ).join(', ')}`,
            );
          })
        : value,
    ]),
  );
}

const example: Place = {
  name: 'orders',
  environment: 'staging',
  offering: 'database',
  owner_ref: 'group:default/ledger',
};

/** Says where the secrets of a resource go. */
export class SinkRules {
  readonly #rules: SinkRule[];

  private constructor(rules: SinkRule[]) {
    this.#rules = rules;
  }

  /** @throws InputError when a rule names no sink that is there, or settings that make no sense to it */
  static create(
    rules: SinkRule[],
    sinks: ReadonlyMap<string, SecretSink>,
  ): SinkRules {
    for (const { sink, settings } of rules) {
      const found = sinks.get(sink);
      if (!found) {
        throw new InputError(
          `infrastructure.secretSinks names "${sink}", which is not part of this portal; there are ${
            [...sinks.keys()].join(', ') || 'none'
          }`,
        );
      }
      found.checkSettings(fill(settings, example));
    }
    return new SinkRules(rules);
  }

  /** @returns undefined when people see them, once */
  of(resource: Place): Destination | undefined {
    const rule = this.#rules.find(
      ({ environments, offerings }) =>
        (!environments || environments.includes(resource.environment)) &&
        (!offerings || offerings.includes(resource.offering)),
    );
    return rule && { sink: rule.sink, settings: fill(rule.settings, resource) };
  }
}
