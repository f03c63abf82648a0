import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Support } from '@waymark/plugin-golden-paths-common';
import type { Releases } from '../releases/Releases';
import type { ExceptionStore } from './ExceptionStore';
import type { ServiceRow, ServiceStore } from './ServiceStore';

/** Tells owners once that the version of what they own comes to its end, and when. */
export class SupportNotices {
  readonly #options: SupportNoticesOptions;

  private constructor(options: SupportNoticesOptions) {
    this.#options = options;
  }

  static create(options: SupportNoticesOptions): SupportNotices {
    return new SupportNotices(options);
  }

  async look(): Promise<void> {
    const { store, exceptions, releases, logger } = this.#options;
    const supports = await releases.supports();
    // Told when the exception has ended, which they hear of before.
    const exempt = await exceptions.versionsHolding();
    for (const member of await store.members()) {
      const { template, version, owner } = member;
      if (!template || !version || !owner) continue;
      if (exempt.has(member.entity_ref)) continue;
      const support = supports(template, version);
      const ends =
        support.state === 'deprecated' || support.state === 'unsupported';
      const { until } = support;
      // Noted first: told twice is worse than told late, and a page shows it too.
      if (
        ends &&
        (await store.tell(member.entity_ref, { version, owner, until }))
      ) {
        await this.#tell(member, owner, support).catch(error =>
          logger.warn(
            `${owner} was not told of ${member.entity_ref}: ${error}`,
          ),
        );
      }
    }
  }

  async #tell(
    { entity_ref: entityRef, title, template, version }: ServiceRow,
    owner: string,
    { state, until }: Support,
  ): Promise<void> {
    const { namespace, name } = parseEntityRef(entityRef);
    const path = parseEntityRef(template ?? '').name;
    await this.#options.notifications.send({
      recipients: { type: 'entity', entityRef: owner },
      payload: {
        title:
          state === 'unsupported'
            ? `${title} is on ${path} ${version}, which is no longer supported`
            : `${title} is on ${path} ${version}, which is supported until ${until}`,
        description: 'Its page shows what an upgrade changes, and makes one.',
        link: `/catalog/${namespace}/component/${name}/golden-path`,
        severity: state === 'unsupported' ? 'high' : 'normal',
        topic: 'Golden paths',
        scope: `golden-path-${entityRef}-${version}`,
      },
    });
  }
}

type SupportNoticesOptions = {
  store: ServiceStore;
  exceptions: ExceptionStore;
  releases: Releases;
  notifications: NotificationService;
  logger: LoggerService;
};
