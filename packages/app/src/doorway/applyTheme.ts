/**
 * Shows the page light or dark, as the person chose in the portal or as the
 * system has it. The portal's own themes do this once they are loaded.
 */
export function applyTheme(page: Window): void {
  const system = page.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const chosen = page.localStorage.getItem('theme');
    const dark = chosen ? chosen === 'dark' : system.matches;
    page.document.body.dataset.themeMode = dark ? 'dark' : 'light';
  };
  system.addEventListener('change', apply);
  apply();
}
