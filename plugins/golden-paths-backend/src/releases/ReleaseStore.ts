import type { Knex } from 'knex';
import type { Published } from './support';

/** What the catalog says of a template. */
export type TemplateRow = {
  template: string;
  title: string;
  current: string | null;
  /** A day. */
  deprecated_on: string | null;
  replaced_by: string | null;
  problem: string | null;
};

/** A template, and since when people have notice that it is given up. */
export type KnownTemplate = TemplateRow & {
  /** A day: that which the template names, or that on which the portal saw it, if that was later. */
  notice_from: string | null;
};

/** Keeps every version of a golden path, so that it can be rendered again. */
export class ReleaseStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async templates(): Promise<KnownTemplate[]> {
    return this.#knex('templates')
      .orderBy('template')
      .select(
        'template',
        'title',
        'current',
        this.#knex.raw('deprecated_on::text as deprecated_on'),
        this.#knex.raw(
          'greatest(deprecated_on, deprecation_seen_on)::text as notice_from',
        ),
        'replaced_by',
        'problem',
      );
  }

  async published(): Promise<(Published & { template: string })[]> {
    return this.#knex('releases').select({
      template: 'template',
      version: 'version',
      publishedAt: 'published_at',
    });
  }

  /** Replaces what is known of all templates: one that is gone from the catalog is forgotten, its versions are not. */
  async putTemplates(rows: TemplateRow[]): Promise<void> {
    await this.#knex.transaction(async tx => {
      await tx('templates')
        .whereNotIn(
          'template',
          rows.map(({ template }) => template),
        )
        .delete();
      if (rows.length === 0) return;
      const today = tx.raw(`(now() at time zone 'UTC')::date`);
      await tx('templates')
        .insert(
          rows.map(row => ({
            ...row,
            deprecation_seen_on: row.deprecated_on && today,
          })),
        )
        .onConflict('template')
        .merge({
          title: tx.raw('excluded.title'),
          current: tx.raw('excluded.current'),
          deprecated_on: tx.raw('excluded.deprecated_on'),
          // Seen anew when it is another day than the one that was seen.
          deprecation_seen_on: tx.raw(`case
            when excluded.deprecated_on = templates.deprecated_on
            then templates.deprecation_seen_on
            else excluded.deprecation_seen_on
          end`),
          replaced_by: tx.raw('excluded.replaced_by'),
          problem: tx.raw('excluded.problem'),
        });
    });
  }

  async has(template: string, version: string): Promise<boolean> {
    return (
      (await this.#knex('releases')
        .where({ template, version })
        .first('version')) !== undefined
    );
  }

  async content(
    template: string,
    version: string,
  ): Promise<Buffer | undefined> {
    const row = await this.#knex('releases')
      .where({ template, version })
      .first('content');
    return row?.content;
  }

  /** What was published stays as it was: a version is never published twice. */
  async add(release: {
    template: string;
    version: string;
    digest: string;
    content: Buffer;
  }): Promise<void> {
    await this.#knex('releases')
      .insert(release)
      .onConflict(['template', 'version'])
      .ignore();
  }
}
