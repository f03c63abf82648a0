import { usePermission } from '@backstage/plugin-permission-react';
import {
  infrastructureAuditReadPermission,
  infrastructureResourceImportPermission,
} from '@waymark/plugin-infrastructure-common';
import {
  taskCreatePermission,
  templateManagementPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import { useMemo } from 'react';

/** Tools of those who write templates. */
const forTemplateAuthors = [
  '/create/actions',
  '/create/edit',
  '/create/templating-extensions',
];

/** What those who never create have nothing in. */
const forCreators = ['/create/tasks'];

/** What only those may read who look after the platform. */
const forAuditors = ['/infrastructure/audit'];

/** What only those may search who may adopt what they find. */
const forAdopters = ['/infrastructure/orphans'];

/** Addresses of tabs of no use to somebody who may do this much. */
export function hiddenTabs(may: {
  manageTemplates: boolean;
  create: boolean;
  audit: boolean;
  adopt: boolean;
}): string[] {
  return [
    ...(may.manageTemplates ? [] : forTemplateAuthors),
    ...(may.create ? [] : forCreators),
    ...(may.audit ? [] : forAuditors),
    ...(may.adopt ? [] : forAdopters),
  ];
}

/** Addresses of tabs that the person has no use for, or may not use. */
export function useHiddenTabs(): string[] {
  const manage = usePermission({ permission: templateManagementPermission });
  const create = usePermission({ permission: taskCreatePermission });
  const audit = usePermission({
    permission: infrastructureAuditReadPermission,
  });
  const adopt = usePermission({
    permission: infrastructureResourceImportPermission,
  });
  return useMemo(
    () =>
      hiddenTabs({
        manageTemplates: manage.allowed,
        create: create.allowed,
        audit: audit.allowed,
        adopt: adopt.allowed,
      }),
    [manage.allowed, create.allowed, audit.allowed, adopt.allowed],
  );
}
