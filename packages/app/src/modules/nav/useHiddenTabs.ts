import { usePermission } from '@backstage/plugin-permission-react';
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

/** Addresses of tabs of no use to somebody who may do this much. */
export function hiddenTabs(may: {
  manageTemplates: boolean;
  create: boolean;
}): string[] {
  return [
    ...(may.manageTemplates ? [] : forTemplateAuthors),
    ...(may.create ? [] : forCreators),
  ];
}

/** Addresses of tabs that the person has no use for, or may not use. */
export function useHiddenTabs(): string[] {
  const manage = usePermission({ permission: templateManagementPermission });
  const create = usePermission({ permission: taskCreatePermission });
  return useMemo(
    () =>
      hiddenTabs({ manageTemplates: manage.allowed, create: create.allowed }),
    [manage.allowed, create.allowed],
  );
}
