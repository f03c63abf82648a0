import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { Knex } from 'knex';

/** Who calls, as the framework knows them. */
export type Caller = {
  credentials: BackstageCredentials;
  /**
   * Keeps the id of the request that is the answer, in the transaction that
   * does what was asked for: who asks again finds both, or neither.
   */
  keepAnswer?: (tx: Knex.Transaction, requestId: string) => Promise<void>;
};

/** Somebody who does something. */
export type Actor = {
  /** Entity reference of a person, or the subject of a service. */
  ref: string;
  /** What the person owns by, themselves included. */
  groups: string[];
};

/** Finds out who a caller is. */
export class Actors {
  readonly #userInfo: UserInfoService;

  constructor(userInfo: UserInfoService) {
    this.#userInfo = userInfo;
  }

  /** @throws NotAllowedError when nobody in particular calls */
  async of({ credentials }: Caller): Promise<Actor> {
    const principal = credentials.principal as {
      type?: string;
      subject?: string;
    };
    if (principal.type === 'user') {
      const { userEntityRef, ownershipEntityRefs } =
        await this.#userInfo.getUserInfo(credentials);
      return { ref: userEntityRef, groups: ownershipEntityRefs };
    }
    if (principal.type === 'service' && principal.subject) {
      return { ref: principal.subject, groups: [] };
    }
    throw new NotAllowedError('This takes a person or a service account');
  }
}
