import { usePermission } from '@backstage/plugin-permission-react';
import { costsOrganisationReadPermission } from '@waymark/plugin-costs-common';

/** Whether the person sees what everybody spends; only their own groups' otherwise. Undefined until it is known. */
export function useSeesAll(): boolean | undefined {
  const { allowed, loading } = usePermission({
    permission: costsOrganisationReadPermission,
  });
  return loading ? undefined : allowed;
}
