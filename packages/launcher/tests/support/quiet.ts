const later = { initialDelay: { hours: 1 } };

/**
 * Settings of a portal in which nobody searches: the index, and for it the docs
 * of everything, are not made while a test looks at something else.
 */
export const withoutSearch = {
  search: {
    collators: { catalog: { schedule: later }, techdocs: { schedule: later } },
  },
};

/** The same, for a portal that is given no more than an environment. */
export const withoutSearchEnvironment = {
  APP_CONFIG_search_collators_catalog_schedule: JSON.stringify(later),
  APP_CONFIG_search_collators_techdocs_schedule: JSON.stringify(later),
};
