import type { AuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef, RELATION_CHILD_OF } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

const freshForMs = 30_000;

/**
 * Knows which groups contain which, from the catalog. Answers are kept for half
 * a minute: a change of membership is felt soon, and a decision costs no query.
 */
export class GroupAncestry {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #parents = new Map<
    string,
    { parents: Promise<string[]>; until: number }
  >();

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  /** The given groups and every group above them. */
  async withAncestors(refs: string[]): Promise<Set<string>> {
    const known = new Set<string>();
    let level = refs.filter(ref => parseEntityRef(ref).kind === 'group');
    while (level.length > 0) {
      level.forEach(ref => known.add(ref));
      const parents = await Promise.all(level.map(ref => this.#parentsOf(ref)));
      level = parents.flat().filter(ref => !known.has(ref));
    }
    return known;
  }

  #parentsOf(ref: string): Promise<string[]> {
    const kept = this.#parents.get(ref);
    if (kept && kept.until > Date.now()) return kept.parents;
    const parents = this.#read(ref);
    this.#parents.set(ref, { parents, until: Date.now() + freshForMs });
    // A failure is not kept: the next question asks again.
    parents.catch(() => this.#parents.delete(ref));
    return parents;
  }

  async #read(ref: string): Promise<string[]> {
    const group = await this.#catalog.getEntityByRef(ref, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    return (group?.relations ?? [])
      .filter(relation => relation.type === RELATION_CHILD_OF)
      .map(relation => relation.targetRef);
  }
}
