import {
  BreadcrumbEntry,
  configApiRef,
  useApi,
  useBreadcrumbEntries,
  type PageLayoutProps,
} from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import { useEffect, useMemo } from 'react';
import { useResolvedPath } from 'react-router-dom';
import { useHiddenTabs } from './useHiddenTabs';

/**
 * A page with its header and tabs, as upstream draws it, within the landmark
 * that tells assistive technology where the page begins. It is a role and no
 * element, because some upstream pages bring a `main` of their own and theirs
 * must then be the only one (see the mends).
 */
export function PageFrame(props: PageLayoutProps) {
  const parentPath = useResolvedPath('.').pathname.replace(/\/$/, '');
  const hiddenTabs = useHiddenTabs();
  const tabs = useMemo(
    () =>
      props.tabs
        ?.map(tab => ({
          ...tab,
          href: tab.href.startsWith('/')
            ? tab.href
            : `${parentPath}/${tab.href}`.replace(/\/{2,}/g, '/'),
          matchStrategy: 'prefix' as const,
        }))
        .filter(tab => !hiddenTabs.includes(tab.href)),
    [props.tabs, parentPath, hiddenTabs],
  );
  const { items: breadcrumbs } = useBreadcrumbEntries();

  // Pages that know better (an entity, a document) set their own title later.
  const appTitle = useApi(configApiRef).getOptionalString('app.title');
  const windowTitle = [props.title, appTitle].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = windowTitle;
  }, [windowTitle]);

  if (props.noHeader) return <div role="main">{props.children}</div>;
  const content = (
    <div role="main" data-page-frame>
      <div data-page-header>
        <PluginHeader
          title={props.title}
          icon={props.icon}
          titleLink={props.titleLink}
          breadcrumbs={breadcrumbs}
          tabs={tabs}
          customActions={props.headerActions}
        />
      </div>
      {props.children}
    </div>
  );
  if (!props.title) return content;
  return (
    <BreadcrumbEntry
      entry={{
        label: props.title,
        href: props.titleLink ?? (parentPath || '/'),
      }}
    >
      {content}
    </BreadcrumbEntry>
  );
}
