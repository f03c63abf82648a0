/** Where the people of an entity are called, by what catalogs note. */
const onCallAnnotations = [
  ['pagerduty.com/service-id', 'PagerDuty service'],
  ['opsgenie.com/component-selector', 'Opsgenie'],
] as const;

/** Where the people of an entity are called, as text; undefined when the catalog does not say. */
export function onCallOf(entity: {
  metadata: { annotations?: Record<string, string> };
}): string | undefined {
  for (const [annotation, system] of onCallAnnotations) {
    const value = entity.metadata.annotations?.[annotation];
    if (value) return `${system} ${value}`;
  }
  return undefined;
}
