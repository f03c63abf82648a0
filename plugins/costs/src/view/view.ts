import {
  filterText,
  measures,
  type Condition,
  type Measure,
} from '@waymark/plugin-costs-common';
import { monthOf, type Month } from './months';

/** What a page of costs shows; the address says all of it. */
export type View = {
  measure: Measure;
  /** The month looked at; the newest that is billed when absent. */
  month?: Month;
  /** The currency looked at; the one with the most in it when absent. */
  currency?: string;
  /** The currency that all others are converted into; none when absent. */
  into?: string;
  /** By what the charges are told apart. */
  by?: string;
};

/** The measure that an address names; what was used, when it names none. */
export const measureIn = (params: URLSearchParams): Measure =>
  measures.find(measure => measure === params.get('measure')) ??
  'EffectiveCost';

const isCurrency = /^[A-Z]{3}$/;

/** The currency that an address has others converted into. */
export function intoIn(params: URLSearchParams): string | undefined {
  const into = params.get('into') ?? '';
  return isCurrency.test(into) ? into : undefined;
}

/** The conversion of a view, as a query of totals has it. */
export const conversionOf = ({
  into,
}: Pick<View, 'into'>): { currency?: string } =>
  into ? { currency: into } : {};

/** Reads a view from an address; what it does not understand is left at its default. */
export function readView(params: URLSearchParams): View {
  return {
    measure: measureIn(params),
    month: monthOf(params.get('month')),
    currency: params.get('currency') || undefined,
    into: intoIn(params),
    by: params.get('by') || undefined,
  };
}

/** A part of the organisation that costs are asked of. */
export type Scope = {
  level: 'group' | 'domain' | 'system' | 'component' | 'resource';
  entityRef: string;
};

/** The condition of being in a scope; resources are asked for as entities. */
export const within = ({ level, entityRef }: Scope): Condition => ({
  name: level === 'resource' ? 'entity' : level,
  value: entityRef,
});

/** A filter of a scope and more, as a query has it. */
export function filterOf(
  scope: Scope | undefined,
  more: readonly Condition[] = [],
): { filter?: string } {
  const conditions = [...(scope ? [within(scope)] : []), ...more];
  return conditions.length > 0 ? { filter: filterText(conditions) } : {};
}
