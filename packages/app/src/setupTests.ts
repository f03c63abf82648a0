import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages are rendered; on a busy machine that takes its time.
configure({ asyncUtilTimeout: 10_000 });

// jsdom lays nothing out and knows no media: every page is wide and in view.
window.matchMedia ??= query =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  } as unknown as MediaQueryList);
