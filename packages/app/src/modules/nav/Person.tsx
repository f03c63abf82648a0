import { parseEntityRef } from '@backstage/catalog-model';
import {
  errorApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { Avatar } from '@backstage/ui';
import { RiLogoutBoxRLine } from '@remixicon/react';
import useAsync from 'react-use/esm/useAsync';
import { NavLink } from './NavLink';
import styles from './Nav.module.css';

/** Who is signed in, with the way to their own page and the way out. */
export function Person() {
  const identityApi = useApi(identityApiRef);
  const errorApi = useApi(errorApiRef);
  const { value: person } = useAsync(async () => {
    const [profile, identity] = await Promise.all([
      identityApi.getProfileInfo(),
      identityApi.getBackstageIdentity(),
    ]);
    const ref = parseEntityRef(identity.userEntityRef);
    return {
      href: `/catalog/${ref.namespace}/${ref.kind}/${ref.name}`,
      name: profile.displayName ?? ref.name,
      picture: profile.picture ?? '',
    };
  }, [identityApi]);

  return (
    <>
      {person && (
        <NavLink
          href={person.href}
          title={person.name}
          icon={
            <Avatar
              src={person.picture}
              name={person.name}
              size="x-small"
              purpose="decoration"
            />
          }
        />
      )}
      <li>
        <button
          type="button"
          className={styles.link}
          title="Sign out"
          onClick={() => {
            identityApi.signOut().catch(error => errorApi.post(error));
          }}
        >
          <span className={styles.icon} aria-hidden="true">
            <RiLogoutBoxRLine size={20} />
          </span>
          <span className={styles.label}>Sign out</span>
        </button>
      </li>
    </>
  );
}
