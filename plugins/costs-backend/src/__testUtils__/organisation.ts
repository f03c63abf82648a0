import { entity } from './entities';
import type { Levels } from './oracle';

/** The group above all others. */
export const board = 'group:default/board';
const ledger = 'group:default/ledger';
const shopkeepers = 'group:default/shopkeepers';
const shop = 'system:default/shop';
const sales = 'domain:default/sales';
const orders = 'component:default/orders';
const basket = 'component:default/basket';
const lonely = 'component:default/lonely';

/** Whoever random rules and tags name. */
export const entities = [
  entity('Group', 'board'),
  entity('Group', 'ledger', { childOf: board }),
  entity('Group', 'shopkeepers', { childOf: board }),
  entity('Domain', 'sales'),
  entity('System', 'shop', { ownedBy: board, partOf: sales }),
  entity('Component', 'orders', { ownedBy: ledger, partOf: shop }),
  entity('Component', 'basket', { ownedBy: shopkeepers, partOf: shop }),
  entity('Component', 'lonely'),
  entity('Resource', 'database', { dependencyOf: orders }),
];

const none: Levels = {
  component: null,
  system: null,
  domain: null,
  group: null,
};
const ofShop = { ...none, system: shop, domain: sales };

/** What these mean, by the reference of levels. */
export const known = new Map<string, Levels>([
  [board, { ...none, group: board }],
  [ledger, { ...none, group: ledger }],
  [shopkeepers, { ...none, group: shopkeepers }],
  [sales, { ...none, domain: sales }],
  [shop, { ...ofShop, group: board }],
  [orders, { ...ofShop, component: orders, group: ledger }],
  [basket, { ...ofShop, component: basket, group: shopkeepers }],
  [lonely, { ...none, component: lonely }],
  [
    'resource:default/database',
    { ...ofShop, component: orders, group: ledger },
  ],
]);
