import type {
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { groupsOf } from '@waymark/plugin-authorization-node';
import { doraInboxManagePermission } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import type { Caller } from './MetricsService';

/** Whether a person's teams own a component. Who keeps the intake may correct everything. */
export class Ownership {
  readonly #knex: Knex;
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    knex: Knex;
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }) {
    this.#knex = options.knex;
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
  }

  /** @throws NotFoundError when there is no such incident; NotAllowedError when its component is another team's */
  async requireOfIncident(id: string, caller: Caller): Promise<void> {
    const row = await this.#knex('incidents as i')
      .join('services as s', 's.id', 'i.service_id')
      .where('i.id', id)
      .first('s.entity_ref');
    if (!row?.entity_ref) throw new NotFoundError(`There is no incident ${id}`);
    await this.require(row.entity_ref, caller);
  }

  /** @throws NotAllowedError when the component is another team's */
  async require(entityRef: string, { credentials }: Caller): Promise<void> {
    const [keeper] = await this.#permissions.authorize(
      [{ permission: doraInboxManagePermission }],
      { credentials },
    );
    if (keeper.result === AuthorizeResult.ALLOW) return;
    const groups = await groupsOf(this.#userInfo, credentials);
    const entity = await this.#knex('entities')
      .where({ ref: entityRef })
      .first('owner_ref');
    if (!entity || !groups.includes(entity.owner_ref)) {
      throw new NotAllowedError(
        `You may do this for components of your teams; ${entityRef} is ${
          entity?.owner_ref ? `owned by ${entity.owner_ref}` : 'owned by nobody'
        }`,
      );
    }
  }
}
