const gatherMs = 100;

/**
 * Hands on what is told of requests, of each once in a tenth of a second: a run
 * that goes from step to step says more than anybody can see, and each time
 * costs a message to every replica and page.
 *
 * @param publish - must not throw
 */
export function gather(
  publish: (requestId: string) => void,
): (requestId: string) => void {
  const waiting = new Set<string>();
  return requestId => {
    if (waiting.has(requestId)) return;
    waiting.add(requestId);
    setTimeout(() => {
      waiting.delete(requestId);
      publish(requestId);
    }, gatherMs).unref();
  };
}
