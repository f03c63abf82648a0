import type {
  BackstageCredentials,
  BackstageUserInfo,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { callerName } from './callerName';
import { Memory } from './Memory';

/**
 * Keeps for a moment what somebody owns by. Each answer costs a request to the
 * auth plugin, which gives what it knows since the person signed in; one write
 * asks several times.
 */
export class RememberedPeople implements UserInfoService {
  readonly #userInfo: UserInfoService;
  readonly #people = new Memory<BackstageUserInfo>();

  constructor(userInfo: UserInfoService) {
    this.#userInfo = userInfo;
  }

  async getUserInfo(
    credentials: BackstageCredentials,
  ): Promise<BackstageUserInfo> {
    return this.#people.ask(callerName(credentials), () =>
      this.#userInfo.getUserInfo(credentials),
    );
  }
}
