import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import { partsOf } from '@waymark/plugin-infrastructure-common';

/** As people call it: the profile's name, the title, or the last of the reference. */
function nameOf(reference: string, entity: Entity | undefined): string {
  const profile = entity?.spec?.profile as { displayName?: string } | undefined;
  return (
    profile?.displayName ??
    entity?.metadata.title ??
    reference.slice(reference.indexOf('/') + 1)
  );
}

/** Sends notifications in which everybody has the name that the catalog knows, where they were written with references. */
export class NamedNotifications implements NotificationService {
  readonly #parts: ConstructorParameters<typeof NamedNotifications>[0];

  constructor(parts: {
    notifications: NotificationService;
    catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
    auth: Pick<AuthService, 'getOwnServiceCredentials'>;
    logger: LoggerService;
  }) {
    this.#parts = parts;
  }

  async send({ payload, ...rest }: NotificationSendOptions): Promise<void> {
    const { title, description } = payload;
    const names = await this.#namesIn([title, description ?? '']);
    const named = (text: string) =>
      partsOf(text)
        .map(part => (part.isReference ? names.get(part.text) : part.text))
        .join('');
    await this.#parts.notifications.send({
      ...rest,
      payload: {
        ...payload,
        title: named(title),
        ...(description !== undefined && { description: named(description) }),
      },
    });
  }

  async #namesIn(texts: string[]): Promise<Map<string, string>> {
    const references = texts
      .flatMap(partsOf)
      .flatMap(({ text, isReference }) => (isReference ? [text] : []));
    const known = references.length > 0 ? await this.#ask(references) : [];
    return new Map(
      references.map((each, index) => [each, nameOf(each, known[index])]),
    );
  }

  /** What the catalog says; a catalog that is away delays no notification. */
  async #ask(entityRefs: string[]): Promise<(Entity | undefined)[]> {
    const { auth, catalog, logger } = this.#parts;
    try {
      const { items } = await catalog.getEntitiesByRefs(
        {
          entityRefs,
          fields: ['metadata.title', 'spec.profile.displayName'],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      return items;
    } catch (error) {
      logger.warn(`A notification names people by their ids: ${error}`);
      return [];
    }
  }
}
