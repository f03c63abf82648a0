import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';

/** Entity reference of who is signed in, once it is known. */
export function useMe(): string | undefined {
  const identity = useApi(identityApiRef);
  const [me, setMe] = useState<string>();
  useEffect(() => {
    let current = true;
    identity.getBackstageIdentity().then(
      ({ userEntityRef }) => current && setMe(userEntityRef),
      // Who is not known is a member of nothing.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [identity]);
  return me;
}
