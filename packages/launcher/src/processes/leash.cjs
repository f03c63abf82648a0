/*
 * Loaded first into every Node process the launcher starts. The channel to the
 * launcher closes when the launcher dies, even by `kill -9`; then so do we.
 */
const graceMs = 10_000;

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), graceMs).unref();
});

// The channel alone must not keep a finished process alive.
process.channel?.unref();
