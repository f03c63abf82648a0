import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { TemplateFilter } from 'nunjitsu';

/** The filters that `fetch:template` has beside those of the language, so that a skeleton reads alike under both. */
export const filters: Record<string, TemplateFilter> = {
  parseEntityRef(input) {
    if (typeof input !== 'string') {
      throw new InputError('parseEntityRef takes an entity reference');
    }
    const { kind, namespace, name } = parseEntityRef(input);
    return { kind, namespace, name };
  },
  pick(input, key) {
    if (typeof input !== 'object' || input === null || typeof key !== 'string')
      throw new InputError('pick takes an object and the name of a field');
    return Object.entries(input).find(([name]) => name === key)?.[1];
  },
};
