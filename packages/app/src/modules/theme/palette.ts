/** The colours of one mode that Material UI computes with. */
export type Palette = {
  ground: string;
  surface: string;
  raised: string;
  ink: string;
  inkSoft: string;
  line: string;
  lineStrong: string;
  accent: string;
  onAccent: string;
  link: string;
  signal: string;
  positive: string;
  negative: string;
  warning: string;
  info: string;
  negativeGround: string;
  negativeInk: string;
  warningGround: string;
  warningInk: string;
  infoGround: string;
  infoInk: string;
  nav: string;
  navInk: string;
  navActive: string;
};

/** Ink on warm paper. */
export const light: Palette = {
  ground: '#f6f3ec',
  surface: '#fffdf8',
  raised: '#f3efe5',
  ink: '#17211d',
  inkSoft: '#535e58',
  line: '#e2dccd',
  lineStrong: '#7c847e',
  accent: '#1f4d3d',
  onAccent: '#fffdf8',
  link: '#1a5c46',
  signal: '#f5b82e',
  positive: '#16703c',
  negative: '#b3261e',
  warning: '#8a5200',
  info: '#1f5a96',
  negativeGround: '#f9e1dc',
  negativeInk: '#8c1d16',
  warningGround: '#fbedc8',
  warningInk: '#6b4500',
  infoGround: '#e3edf6',
  infoInk: '#1b4d80',
  nav: '#17382d',
  navInk: '#dfe9e2',
  navActive: '#245242',
};

/** The same path at night. */
export const dark: Palette = {
  ground: '#111815',
  surface: '#19221e',
  raised: '#212c27',
  ink: '#eef1ec',
  inkSoft: '#b0bbb4',
  line: '#313e37',
  lineStrong: '#7f8d85',
  accent: '#8fd3b3',
  onAccent: '#0c1f17',
  link: '#8fd3b3',
  signal: '#f5b82e',
  positive: '#74cf94',
  negative: '#ff9a8d',
  warning: '#f2bd55',
  info: '#8dc0f0',
  negativeGround: '#3d1511',
  negativeInk: '#ffb4aa',
  warningGround: '#3a2a08',
  warningInk: '#f5cb74',
  infoGround: '#16304a',
  infoInk: '#a8d0f5',
  nav: '#0c1712',
  navInk: '#c3d0c8',
  navActive: '#1d3a2e',
};
