// Makes the names of the catalog's own components known to the theme.
import type {} from '@backstage/plugin-catalog';
import type { UnifiedThemeOptions } from '@backstage/theme';
import type { Palette } from './palette';

type Components = NonNullable<UnifiedThemeOptions['components']>;

/**
 * How upstream's Material UI components look here: flat surfaces with a line
 * around them, the product's radius, and headers without banners.
 */
export function upstreamComponents(palette: Palette): Components {
  const line = `1px solid ${palette.line}`;
  // A phone has no line for both a table's title and its filter.
  const tableToolbar = {
    styleOverrides: {
      root: {
        '@media (max-width: 599.95px)': {
          flexWrap: 'wrap' as const,
          '& > :first-child': { flexBasis: '100%' },
        },
      },
    },
  };
  return {
    MuiPaper: {
      styleOverrides: {
        root: { backgroundImage: 'unset' },
        rounded: { borderRadius: 12 },
        elevation1: { boxShadow: 'none', border: line },
        elevation2: { boxShadow: 'none', border: line },
      },
    },
    MuiButton: {
      styleOverrides: {
        root: { textTransform: 'none', fontWeight: 600, borderRadius: 8 },
        contained: { boxShadow: 'none', '&:hover': { boxShadow: 'none' } },
        text: { color: palette.link },
        outlined: { borderColor: palette.lineStrong },
      },
    },
    MuiChip: {
      styleOverrides: {
        root: {
          marginRight: 6,
          marginBottom: 6,
          borderRadius: 6,
          backgroundColor: palette.raised,
          color: palette.ink,
          border: line,
        },
        label: { fontSize: 13, fontWeight: 500 },
        outlined: { borderColor: palette.lineStrong },
      },
    },
    MuiTab: {
      styleOverrides: {
        root: {
          color: palette.inkSoft,
          minHeight: 40,
          textTransform: 'none',
          letterSpacing: 0,
          fontWeight: 600,
          opacity: 1,
          '&:hover': { color: palette.ink, background: 'transparent' },
          '&.Mui-selected': { color: palette.ink },
        },
        textColorPrimary: {
          color: palette.inkSoft,
          '&.Mui-selected': { color: palette.ink },
        },
        textColorInherit: { opacity: 1 },
      },
    },
    MuiTableRow: {
      styleOverrides: {
        root: {
          borderBottom: line,
          '&:last-child': { borderBottom: 0 },
          '&:nth-of-type(odd)': { backgroundColor: 'transparent' },
        },
        hover: { '&:hover': { backgroundColor: palette.raised } },
      },
    },
    MuiTableCell: {
      styleOverrides: {
        root: {
          wordBreak: 'normal',
          overflowWrap: 'break-word',
          overflow: 'hidden',
          verticalAlign: 'middle',
          lineHeight: 1.4,
          margin: 0,
          padding: '12px 16px',
          borderBottom: 0,
        },
        sizeSmall: { padding: '8px 16px' },
        head: {
          wordBreak: 'normal',
          color: palette.inkSoft,
          fontWeight: 600,
          lineHeight: 1.4,
        },
      },
    },
    MuiTooltip: {
      styleOverrides: {
        tooltip: {
          backgroundColor: palette.ink,
          color: palette.surface,
          fontSize: 13,
          lineHeight: 1.4,
        },
        arrow: { color: palette.ink },
      },
    },
    MuiOutlinedInput: {
      styleOverrides: {
        root: { borderRadius: 8 },
        notchedOutline: { borderColor: palette.lineStrong },
      },
    },
    MuiFormHelperText: {
      styleOverrides: { root: { color: palette.inkSoft, lineHeight: 1.5 } },
    },
    MuiLink: {
      defaultProps: { underline: 'hover' },
    },
    MuiAlert: {
      styleOverrides: {
        standardInfo: {
          backgroundColor: palette.infoGround,
          color: palette.infoInk,
        },
        standardWarning: {
          backgroundColor: palette.warningGround,
          color: palette.warningInk,
        },
        standardError: {
          backgroundColor: palette.negativeGround,
          color: palette.negativeInk,
        },
      },
    },
    // Logs: upstream's terminal colours are too pale on paper and too dark on ink.
    BackstageLogViewer: {
      styleOverrides: {
        root: { background: palette.raised },
        lineNumber: { color: palette.inkSoft, borderRight: line },
        modifierForegroundRed: { color: palette.negative },
        modifierForegroundGreen: { color: palette.positive },
        modifierForegroundYellow: { color: palette.warning },
        modifierForegroundBlue: { color: palette.info },
        modifierForegroundCyan: { color: palette.info },
        modifierForegroundMagenta: { color: palette.link },
        modifierForegroundGrey: { color: palette.inkSoft },
      },
    },
    BackstageHeader: {
      styleOverrides: {
        header: {
          backgroundImage: 'none',
          boxShadow: 'none',
          borderBottom: line,
          padding: '20px 24px',
        },
        title: { fontSize: 26, letterSpacing: '-0.01em' },
        subtitle: { opacity: 1, color: palette.inkSoft },
        type: {
          opacity: 1,
          color: palette.inkSoft,
          textTransform: 'none',
          fontSize: 13,
        },
        breadcrumbType: { opacity: 1 },
      },
    },
    BackstageHeaderLabel: {
      styleOverrides: {
        label: { color: palette.inkSoft },
        value: { color: palette.ink },
      },
    },
    BackstageHeaderTabs: {
      styleOverrides: {
        tabsWrapper: { borderBottom: line, backgroundColor: palette.ground },
        defaultTab: { textTransform: 'none', opacity: 1, padding: '12px 16px' },
      },
    },
    BackstageContentHeader: {
      styleOverrides: { description: { color: palette.inkSoft } },
    },
    BackstageTableHeader: {
      styleOverrides: {
        header: {
          color: palette.inkSoft,
          borderTop: line,
          borderBottom: line,
          textTransform: 'none',
        },
      },
    },
    BackstageTableToolbar: tableToolbar,
    PluginCatalogTableToolbar: tableToolbar,
    CatalogReactUserListPicker: {
      styleOverrides: {
        root: { backgroundColor: palette.raised, border: line },
      },
    },
    BackstageItemCardHeader: {
      styleOverrides: {
        root: {
          color: palette.ink,
          backgroundImage: 'none',
          backgroundColor: palette.raised,
          borderBottom: line,
        },
      },
    },
  };
}
