import { createUnifiedTheme } from '@backstage/theme';
import type { UnifiedTheme } from '@backstage/theme';
import { upstreamComponents } from './upstreamComponents';
import type { Palette } from './palette';

const fontFamily = "'Public Sans Variable', system-ui, sans-serif";

/**
 * Material UI as the pages of upstream plugins see it. Several of them are
 * still drawn with Material UI, which takes no CSS variables where it computes
 * with colours; this is the one bridge between it and the tokens, and goes
 * when the last such page does.
 */
export function createMaterialTheme(
  mode: 'light' | 'dark',
  palette: Palette,
): UnifiedTheme {
  const plainPage = {
    colors: [palette.ground, palette.ground],
    shape: 'none',
    backgroundImage: 'none',
    fontColor: palette.ink,
  };
  return createUnifiedTheme({
    fontFamily,
    defaultPageTheme: 'home',
    pageTheme: { home: plainPage },
    typography: {
      htmlFontSize: 16,
      fontFamily,
      h1: { fontSize: 30, fontWeight: 650, marginBottom: 4 },
      h2: { fontSize: 26, fontWeight: 650, marginBottom: 4 },
      h3: { fontSize: 22, fontWeight: 650, marginBottom: 4 },
      h4: { fontSize: 20, fontWeight: 650, marginBottom: 4 },
      h5: { fontSize: 18, fontWeight: 650, marginBottom: 4 },
      h6: { fontSize: 16, fontWeight: 650, marginBottom: 2 },
    },
    components: upstreamComponents(palette),
    palette: {
      type: mode,
      mode,
      background: { default: palette.ground, paper: palette.surface },
      text: { primary: palette.ink, secondary: palette.inkSoft },
      divider: palette.line,
      primary: { main: palette.accent, contrastText: palette.onAccent },
      secondary: { main: palette.link, contrastText: palette.onAccent },
      error: { main: palette.negative, contrastText: palette.onAccent },
      warning: { main: palette.warning, contrastText: palette.onAccent },
      info: { main: palette.info, contrastText: palette.onAccent },
      success: { main: palette.positive, contrastText: palette.onAccent },
      status: {
        ok: palette.positive,
        warning: palette.warning,
        error: palette.negative,
        running: palette.info,
        pending: palette.warning,
        aborted: palette.inkSoft,
      },
      bursts: {
        fontColor: palette.ink,
        slackChannelText: palette.inkSoft,
        backgroundColor: { default: palette.ground },
        gradient: { linear: 'none' },
      },
      banner: {
        info: palette.infoGround,
        error: palette.negativeGround,
        warning: palette.warningGround,
        text: palette.ink,
        link: palette.link,
        closeButtonColor: palette.ink,
      },
      border: palette.line,
      textContrast: palette.ink,
      textVerySubtle: palette.lineStrong,
      textSubtle: palette.inkSoft,
      highlight: palette.warningGround,
      errorBackground: palette.negativeGround,
      warningBackground: palette.warningGround,
      infoBackground: palette.infoGround,
      errorText: palette.negativeInk,
      warningText: palette.warningInk,
      infoText: palette.infoInk,
      linkHover: palette.link,
      link: palette.link,
      gold: palette.signal,
      navigation: {
        background: palette.nav,
        indicator: palette.signal,
        color: palette.navInk,
        selectedColor: palette.navInk,
        navItem: { hoverBackground: palette.navActive },
        submenu: { background: palette.navActive },
      },
      pinSidebarButton: { icon: palette.ink, background: palette.raised },
      tabbar: { indicator: palette.signal },
    },
  });
}
