// The backend reckons with the same numbers.
export {
  difference,
  largestFirst,
  length,
  magnitude,
  negated,
  share,
  signOf,
  sum,
  type Decimal,
} from '@waymark/plugin-costs-common';
