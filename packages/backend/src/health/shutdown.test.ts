import { ConfigReader } from '@backstage/config';
import { readShutdownPlan } from './shutdown';

const plan = (environment: string, serverShutdownDelay?: string) =>
  readShutdownPlan(
    new ConfigReader({
      waymark: { environment },
      ...(serverShutdownDelay && {
        backend: { lifecycle: { serverShutdownDelay } },
      }),
    }),
  );

describe('readShutdownPlan', () => {
  it('gives balancers ten seconds in production and none in development', () => {
    expect(plan('production')).toEqual({ delayMs: 10_000, graceMs: 10_000 });
    expect(plan('development')).toEqual({ delayMs: 0, graceMs: 10_000 });
  });

  it('takes the delay from the configuration', () => {
    expect(plan('production', '15s')).toEqual({
      delayMs: 15_000,
      graceMs: 5_000,
    });
  });

  it('refuses a delay that leaves requests no time', () => {
    expect(() => plan('production', '16s')).toThrow(
      'backend.lifecycle.serverShutdownDelay is 16 s',
    );
  });
});
