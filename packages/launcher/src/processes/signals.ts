let asked: Promise<NodeJS.Signals> | undefined;

/** Settles when somebody asks the launcher to stop: Ctrl-C, `kill`, or a closed terminal. */
export function untilAskedToStop(): Promise<NodeJS.Signals> {
  asked ??= new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve(signal));
    }
  });
  return asked;
}
