import { useEffect } from 'react';
import { mends } from './mends';

/** Keeps the page mended as it changes, at most once per frame. */
export function Mender() {
  useEffect(() => {
    let frame: number | undefined;
    const mend = () => {
      frame = undefined;
      mends.forEach(apply => apply(document.body));
    };
    const schedule = () => {
      frame ??= requestAnimationFrame(mend);
    };
    const observer = new MutationObserver(schedule);
    observer.observe(document.body, { childList: true, subtree: true });
    schedule();
    return () => {
      observer.disconnect();
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, []);
  return null;
}
