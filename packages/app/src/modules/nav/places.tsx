import {
  RiAddBoxLine,
  RiBookOpenLine,
  RiCoinsLine,
  RiErrorWarningLine,
  RiHome5Line,
  RiInboxArchiveLine,
  RiInboxUnarchiveLine,
  RiPlugLine,
  RiRoadMapLine,
  RiSearchLine,
  RiSettings3Line,
  RiShapesLine,
  RiStackLine,
  RiTruckLine,
} from '@remixicon/react';
import type { RemixiconComponentType } from '@remixicon/react';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import { catalogEntityCreatePermission } from '@backstage/plugin-catalog-common/alpha';
import { costsReadPermission } from '@waymark/plugin-costs-common';
import {
  doraInboxManagePermission,
  doraMetricsReadPermission,
} from '@waymark/plugin-dora-common';
import { goldenPathsFleetReadPermission } from '@waymark/plugin-golden-paths-common';
import { infrastructureReadPermission } from '@waymark/plugin-infrastructure-common';
import { unprocessedEntitiesPermissions } from '@backstage/plugin-catalog-unprocessed-entities-common';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';

/** A page in the navigation, under the name a newcomer looks for. */
export type Place = {
  /** The page extension's id. */
  page: string;
  title: string;
  Icon: RemixiconComponentType;
  /** Shown only to those who hold it. */
  permission?: BasicPermission;
};

/** What everybody uses, in the order of a day's work. */
export const everyday: Place[] = [
  { page: 'page:home', title: 'Home', Icon: RiHome5Line },
  { page: 'page:search', title: 'Search', Icon: RiSearchLine },
  { page: 'page:catalog', title: 'Catalog', Icon: RiShapesLine },
  { page: 'page:api-docs', title: 'APIs', Icon: RiPlugLine },
  { page: 'page:techdocs', title: 'Docs', Icon: RiBookOpenLine },
  {
    page: 'page:scaffolder',
    title: 'Create',
    Icon: RiAddBoxLine,
    permission: taskCreatePermission,
  },
  {
    page: 'page:golden-paths',
    title: 'Golden paths',
    Icon: RiRoadMapLine,
    permission: goldenPathsFleetReadPermission,
  },
  {
    page: 'page:dora',
    title: 'Delivery',
    Icon: RiTruckLine,
    permission: doraMetricsReadPermission,
  },
  {
    page: 'page:infrastructure',
    title: 'Infrastructure',
    Icon: RiStackLine,
    permission: infrastructureReadPermission,
  },
  {
    page: 'page:costs',
    title: 'Costs',
    Icon: RiCoinsLine,
    permission: costsReadPermission,
  },
];

/** What keeps the catalog in order. */
export const upkeep: Place[] = [
  {
    page: 'page:catalog-import',
    title: 'Register existing',
    Icon: RiInboxArchiveLine,
    permission: catalogEntityCreatePermission,
  },
  {
    page: 'page:catalog-unprocessed-entities',
    title: 'Processing errors',
    Icon: RiErrorWarningLine,
    permission:
      unprocessedEntitiesPermissions.unprocessedEntitiesReadPermission,
  },
  {
    page: 'page:dora/intake',
    title: 'Delivery intake',
    Icon: RiInboxUnarchiveLine,
    permission: doraInboxManagePermission,
  },
];

/** What concerns only the person who is signed in. */
export const personal: Place[] = [
  { page: 'page:user-settings', title: 'Settings', Icon: RiSettings3Line },
];

/** Pages that are reached from elsewhere and need no place of their own. */
export const elsewhere = [
  'page:notifications',
  'page:catalog-graph',
  'page:repositories',
];
