import { applyTheme } from './applyTheme';

describe('applyTheme', () => {
  let systemIsDark = false;

  beforeEach(() => {
    window.localStorage.clear();
    window.matchMedia = jest.fn().mockImplementation(() => ({
      get matches() {
        return systemIsDark;
      },
      addEventListener: jest.fn(),
    }));
  });

  it.each([
    { chosen: undefined, dark: true, mode: 'dark' },
    { chosen: undefined, dark: false, mode: 'light' },
    { chosen: 'light', dark: true, mode: 'light' },
    { chosen: 'dark', dark: false, mode: 'dark' },
  ])(
    'shows $mode when $chosen is chosen and the system is dark: $dark',
    ({ chosen, dark, mode }) => {
      systemIsDark = dark;
      if (chosen) window.localStorage.setItem('theme', chosen);

      applyTheme(window);

      expect(document.body.dataset.themeMode).toBe(mode);
    },
  );
});
