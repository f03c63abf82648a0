import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { parseFilter } from './catalogFilter';
import type { Caller } from './MetricsService';
import { ScopeResolver, type ResolvedScope } from './ScopeResolver';

/** Turns what a caller asks for into a scope. */
export class ScopeFinder {
  readonly #catalog: CatalogService;
  readonly #organisation: string;

  constructor(options: { catalog: CatalogService; organisation: string }) {
    this.#catalog = options.catalog;
    this.#organisation = options.organisation;
  }

  /**
   * @param asked.entityRef - everything when absent
   * @param asked.within - narrows it to what is also part of this
   * @param asked.alone - of a group or domain, without those below it
   * @param asked.filter - narrows it to the components that a catalog filter finds, as far as the caller may see them
   */
  async find(
    tx: Knex,
    asked: {
      entityRef?: string;
      within?: string;
      alone?: boolean;
      filter?: string;
    },
    caller: Caller,
  ): Promise<ResolvedScope> {
    const scopes = new ScopeResolver(tx);
    const named = asked.entityRef
      ? await scopes.entity(asked.entityRef, { alone: asked.alone })
      : await scopes.organisation(this.#organisation);
    const scope = asked.within
      ? await scopes.within(named, await scopes.entity(asked.within))
      : named;
    if (!asked.filter) return scope;
    const chosen = await scopes.components(
      await this.#refs(asked.filter, caller),
      {
        level: 'selection',
        title: `Selection of ${scope.description.title}`,
        ...(asked.entityRef ? { entityRef: scope.description.entityRef } : {}),
      },
    );
    return scopes.within(chosen, scope);
  }

  async #refs(filter: string, { credentials }: Caller): Promise<string[]> {
    const refs: string[] = [];
    for await (const page of this.#catalog.streamEntities(
      {
        filter: parseFilter(filter),
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials },
    )) {
      refs.push(...page.map(entity => stringifyEntityRef(entity)));
    }
    return refs;
  }
}
