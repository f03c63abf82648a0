import { withParams } from './useAddress';

describe('withParams', () => {
  it('changes and removes what is said, and keeps the rest', () => {
    const params = new URLSearchParams('a=1&b=2&c=3');
    expect(withParams(params, { a: '9', b: undefined }).toString()).toBe(
      'a=9&c=3',
    );
    expect(params.toString()).toBe('a=1&b=2&c=3');
  });
});
