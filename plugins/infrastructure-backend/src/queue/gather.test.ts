import { gather } from './gather';

function setUp() {
  const published: string[] = [];
  return { published, tell: gather(request => published.push(request)) };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

it('tells once what is said several times, of each request', () => {
  const { published, tell } = setUp();
  tell('one');
  tell('two');
  tell('one');
  expect(published).toEqual([]);
  jest.runAllTimers();
  expect(published).toEqual(['one', 'two']);
});

it('tells of what happens after it told', () => {
  const { published, tell } = setUp();
  tell('one');
  jest.runAllTimers();
  tell('one');
  jest.runAllTimers();
  expect(published).toEqual(['one', 'one']);
});
