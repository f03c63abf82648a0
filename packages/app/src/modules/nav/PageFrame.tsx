import {
  BreadcrumbEntry,
  useBreadcrumbEntries,
  type PageLayoutProps,
} from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import { useMemo } from 'react';
import { useResolvedPath } from 'react-router-dom';

/**
 * A page with its header and tabs, as upstream draws it, within the landmark
 * that tells assistive technology where the page begins.
 */
export function PageFrame(props: PageLayoutProps) {
  const parentPath = useResolvedPath('.').pathname.replace(/\/$/, '');
  const tabs = useMemo(
    () =>
      props.tabs?.map(tab => ({
        ...tab,
        href: tab.href.startsWith('/')
          ? tab.href
          : `${parentPath}/${tab.href}`.replace(/\/{2,}/g, '/'),
        matchStrategy: 'prefix' as const,
      })),
    [props.tabs, parentPath],
  );
  const { items: breadcrumbs } = useBreadcrumbEntries();

  if (props.noHeader) return <main>{props.children}</main>;
  const content = (
    <main>
      <PluginHeader
        title={props.title}
        icon={props.icon}
        titleLink={props.titleLink}
        breadcrumbs={breadcrumbs}
        tabs={tabs}
        customActions={props.headerActions}
      />
      {props.children}
    </main>
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
