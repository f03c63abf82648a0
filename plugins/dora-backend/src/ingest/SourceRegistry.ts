import { NotFoundError } from '@backstage/errors';
import type {
  DeliverySource,
  DeliverySourcesExtensionPoint,
} from '@waymark/plugin-dora-node';

/** The systems that deliveries come from. */
export class SourceRegistry implements DeliverySourcesExtensionPoint {
  readonly #sources = new Map<string, DeliverySource>();

  addSource(source: DeliverySource): void {
    if (this.#sources.has(source.id)) {
      throw new Error(`There are two delivery sources "${source.id}"`);
    }
    this.#sources.set(source.id, source);
  }

  /** @throws NotFoundError that names the sources there are */
  get(id: string): DeliverySource {
    const source = this.#sources.get(id);
    if (!source) {
      throw new NotFoundError(
        `There is no delivery source "${id}". There are: ${
          [...this.#sources.keys()].sort().join(', ') || 'none'
        }`,
      );
    }
    return source;
  }

  /** The annotations by which deliveries name what they belong to. */
  annotations(): string[] {
    return [
      ...new Set(this.list().flatMap(({ annotations }) => annotations)),
    ].sort();
  }

  list(): DeliverySource[] {
    return [...this.#sources.values()].sort((a, b) =>
      a.title.localeCompare(b.title),
    );
  }
}
