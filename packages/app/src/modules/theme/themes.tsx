import { UnifiedThemeProvider } from '@backstage/theme';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import { RiMoonLine, RiSunLine } from '@remixicon/react';
import '@fontsource-variable/public-sans/wght.css';
import './tokens.css';
import './apiDefinitions.css';
import './upstream.css';
import { createMaterialTheme } from './materialBridge';
import { dark, light } from './palette';

const lightMaterial = createMaterialTheme('light', light);
const darkMaterial = createMaterialTheme('dark', dark);

export const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <RiSunLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={lightMaterial} themeName="waymark">
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});

export const darkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <RiMoonLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={darkMaterial} themeName="waymark">
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});
