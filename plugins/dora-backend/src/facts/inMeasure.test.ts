import { inMeasure } from './inMeasure';

describe('inMeasure', () => {
  let time: number;
  let turns: number;

  function paced(takes: number) {
    time = 0;
    turns = 0;
    const turn = inMeasure(
      async () => {
        turns += 1;
        time += takes;
      },
      1 / 20,
      () => time,
    );
    return async (at: number) => {
      time = at;
      await turn();
    };
  }

  it('does every turn of work that is quick', async () => {
    const turnAt = paced(100);
    for (const at of [0, 20_000, 40_000]) await turnAt(at);
    expect(turns).toBe(3);
  });

  it('leaves turns out while the work would take more than its share', async () => {
    const turnAt = paced(3_000);
    for (const at of [0, 20_000, 40_000, 60_000, 80_000]) await turnAt(at);
    expect(turns).toBe(2);
  });

  it('tries a turn that failed again when it comes next', async () => {
    const failing = jest.fn().mockRejectedValueOnce(new Error('no'));
    const turn = inMeasure(failing, 1 / 20, () => 0);
    await expect(turn()).rejects.toThrow('no');
    await turn();
    expect(failing).toHaveBeenCalledTimes(2);
  });
});
