import type {
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { requirePermissions } from '@waymark/plugin-authorization-node';
import {
  costsAnomalyManagePermission,
  costsAnomalyUpdatePermission,
  type AnomaliesQuery,
  type Anomaly,
  type AnomalyVerdict,
} from '@waymark/plugin-costs-common';
import type { GroupTree } from '../../allocation/GroupTree';
import type { Sight } from '../../allocation/Sight';
import type { Caller } from '../../import/ImportsService';
import type { AnomaliesService } from './AnomaliesService';

/** Shows people the anomalies of what they see the costs of, and lets those judge them who are of the owners. */
export class AuthorizedAnomalies implements AnomaliesService {
  readonly #anomalies: AnomaliesService;
  readonly #groups: GroupTree;
  readonly #sight: Sight;
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    anomalies: AnomaliesService;
    groups: GroupTree;
    sight: Sight;
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }) {
    this.#anomalies = options.anomalies;
    this.#groups = options.groups;
    this.#sight = options.sight;
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
  }

  async list(query: AnomaliesQuery, caller: Caller) {
    return this.#anomalies.list(
      query,
      caller,
      await this.#sight.within(caller),
    );
  }

  async find(id: string, caller: Caller) {
    const anomaly = await this.#visible(id, caller);
    return { ...anomaly, mayJudge: await this.#mayJudge(anomaly, caller) };
  }

  async judge(id: string, verdict: AnomalyVerdict, caller: Caller) {
    await requirePermissions({
      permissions: this.#permissions,
      required: [costsAnomalyUpdatePermission],
      credentials: caller.credentials,
      purpose: 'judge anomalies',
    });
    const anomaly = await this.#visible(id, caller);
    if (!(await this.#mayJudge(anomaly, caller))) {
      throw new NotAllowedError(
        `Anomalies of ${
          anomaly.groupRef ?? 'what nobody owns'
        } are judged by members of the owner or of a group above, and by platform engineers`,
      );
    }
    return this.#anomalies.judge(id, verdict, caller);
  }

  async #visible(id: string, caller: Caller) {
    const within = await this.#sight.within(caller);
    const anomaly = await this.#anomalies.find(id, caller);
    if (within && !(await this.#isOf(anomaly, within))) {
      throw new NotFoundError(`There is no anomaly ${id} that you may see`);
    }
    return anomaly;
  }

  async #mayJudge(anomaly: Anomaly, { credentials }: Caller): Promise<boolean> {
    const [update, manage] = await this.#permissions.authorize(
      [
        { permission: costsAnomalyUpdatePermission },
        { permission: costsAnomalyManagePermission },
      ],
      { credentials },
    );
    if (update.result !== AuthorizeResult.ALLOW) return false;
    if (manage.result === AuthorizeResult.ALLOW) return true;
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      credentials,
    );
    return this.#isOf(anomaly, ownershipEntityRefs);
  }

  async #isOf({ groupRef }: Anomaly, groups: string[]): Promise<boolean> {
    if (!groupRef) return false;
    const above = await this.#groups.above(groupRef);
    return above.some(ref => groups.includes(ref));
  }
}
