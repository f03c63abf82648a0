import { hiddenTabs } from './useHiddenTabs';

const tools = [
  '/create/actions',
  '/create/edit',
  '/create/templating-extensions',
];

it.each([
  ['a viewer', false, false, [...tools, '/create/tasks']],
  ['a developer', false, true, tools],
  ['a platform engineer', true, true, []],
])(
  'keeps from %s the tabs of no use',
  (_who, manageTemplates, create, hidden) => {
    expect(hiddenTabs({ manageTemplates, create })).toEqual(hidden);
  },
);
