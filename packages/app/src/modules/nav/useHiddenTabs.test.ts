import { hiddenTabs } from './useHiddenTabs';

const tools = [
  '/create/actions',
  '/create/edit',
  '/create/templating-extensions',
];
const forKeepers = ['/infrastructure/audit', '/infrastructure/orphans'];

it.each([
  [
    'a viewer',
    { manageTemplates: false, create: false, audit: false, adopt: false },
    [...tools, '/create/tasks', ...forKeepers],
  ],
  [
    'a developer',
    { manageTemplates: false, create: true, audit: false, adopt: false },
    [...tools, ...forKeepers],
  ],
  [
    'a platform engineer',
    { manageTemplates: true, create: true, audit: true, adopt: true },
    [],
  ],
])('keeps from %s the tabs of no use', (_who, may, hidden) => {
  expect(hiddenTabs(may)).toEqual(hidden);
});
