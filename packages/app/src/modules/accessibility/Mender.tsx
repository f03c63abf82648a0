import { useEffect } from 'react';
import { documentRoots, mendDocument } from './documents';
import { mends } from './mends';

const watched = { childList: true, subtree: true };

/** Keeps the page mended as it changes, at most once per frame. */
export function Mender() {
  useEffect(() => {
    let frame: number | undefined;
    const mend = (observer: MutationObserver) => {
      frame = undefined;
      mends.forEach(apply => apply(document.body));
      for (const root of documentRoots(document)) {
        mendDocument(root);
        // Watching what is watched already changes nothing.
        observer.observe(root, watched);
      }
    };
    const schedule = (observer: MutationObserver) => {
      frame ??= requestAnimationFrame(() => mend(observer));
    };
    const observer = new MutationObserver((_changes, self) => schedule(self));
    observer.observe(document.body, watched);
    schedule(observer);
    return () => {
      observer.disconnect();
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, []);
  return null;
}
