import { useCallback, useRef } from 'react';

/** A name that no other thing to be done has. Plain HTTP has no randomUUID. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Gives each thing to be done its idempotency key: the same one while the very
 * same thing is tried again, a new one as soon as it is another.
 */
export function useKey(): (what: unknown) => { key: string } {
  const last = useRef<{ what: string; key: string }>();
  return useCallback(what => {
    const text = JSON.stringify(what) ?? '';
    if (last.current?.what !== text) {
      last.current = { what: text, key: newKey() };
    }
    return { key: last.current.key };
  }, []);
}
