import { filterText, readFilter } from './filter';

it('holds conditions with any value, and reads them again', () => {
  const conditions = [
    { name: 'ServiceName', value: 'Compute, 100% yours = ours' },
    { name: 'Tags/team', value: '' },
  ];
  const text = filterText(conditions);
  expect(text).toBe('ServiceName=Compute%2C 100%25 yours = ours,Tags/team=');
  expect(readFilter(text)).toEqual(conditions);
  expect(readFilter('nonsense,=x,,a=b')).toEqual([{ name: 'a', value: 'b' }]);
  expect(readFilter(null)).toEqual([]);
});
