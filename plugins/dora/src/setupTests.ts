import '@testing-library/jest-dom';
import 'jest-axe/extend-expect';

// jsdom lays nothing out, so nothing ever has a size; charts still ask.
class NothingMeasured implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver = NothingMeasured;
