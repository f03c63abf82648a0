/** The packages whose `src/openapi.yaml` is an API of this portal; a test notices a missing one. */
export const contractPackages = [
  '@waymark/plugin-costs-common',
  '@waymark/plugin-dora-common',
  '@waymark/plugin-golden-paths-common',
  '@waymark/plugin-infrastructure-common',
  '@waymark/plugin-repositories-common',
];
