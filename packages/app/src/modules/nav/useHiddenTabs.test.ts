import { hiddenTabs } from './useHiddenTabs';

const tools = [
  '/create/actions',
  '/create/edit',
  '/create/templating-extensions',
];
const trail = '/infrastructure/audit';

it.each([
  [
    'a viewer',
    { manageTemplates: false, create: false, audit: false },
    [...tools, '/create/tasks', trail],
  ],
  [
    'a developer',
    { manageTemplates: false, create: true, audit: false },
    [...tools, trail],
  ],
  [
    'a platform engineer',
    { manageTemplates: true, create: true, audit: true },
    [],
  ],
])('keeps from %s the tabs of no use', (_who, may, hidden) => {
  expect(hiddenTabs(may)).toEqual(hidden);
});
