import '@testing-library/jest-dom';
import 'jest-axe/extend-expect';
import { configure } from '@testing-library/react';

// Whole pages are rendered; on a busy machine that takes its time.
configure({ asyncUtilTimeout: 10_000 });

// jsdom lays nothing out, so nothing ever comes into view; lists still ask.
class NothingInView implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds = [];
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}
globalThis.IntersectionObserver = NothingInView;
