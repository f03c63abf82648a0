import { usePortal } from '../__testUtils__/usePortal';

const test = usePortal();

describe('a plan whose engine knows what it costs', () => {
  it('is estimated by that, and what depends on use by the price book', async () => {
    test.engine.cost = {
      source: 'A list of prices, 2026-11-20',
      lines: [{ title: 'disk', monthly: 3.5 }],
      byUse: ['Requests of disk'],
    };
    const amara = test.portal.as('amara');
    // By the price book 5 to 10 dollars.
    const { body } = await amara.ask({ parameters: { size: 5 } }).expect(202);
    const { decision } = await amara.until(body.id, 'done');
    expect(decision?.estimate).toEqual({
      low: 3.5,
      high: 10,
      lines: [
        {
          title: 'disk',
          low: 3.5,
          high: 3.5,
          price: 'A list of prices, 2026-11-20',
        },
        {
          title: 'What depends on use',
          low: 0,
          high: 6.5,
          assumption:
            'up to what the price book says of all of it: Requests of disk',
        },
      ],
    });
  });

  it('asks people when it costs more than was thought', async () => {
    test.engine.cost = {
      source: 'A list of prices, 2026-11-20',
      lines: [{ title: 'disk', monthly: 501 }],
      byUse: [],
    };
    const amara = test.portal.as('amara');
    const { body } = await amara.ask({ parameters: { size: 5 } }).expect(202);
    const { decision } = await amara.until(body.id, 'pendingApproval');
    expect(decision?.rules.map(({ rule }) => rule)).toEqual(['cost-threshold']);
  });
});
