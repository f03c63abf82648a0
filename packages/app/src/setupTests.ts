import '@testing-library/jest-dom';

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
