/** Which percentiles are shown of every duration. */
export const percents = [50, 75, 90] as const;
