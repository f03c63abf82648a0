import type {
  Recommendation,
  RecommendationKind,
} from '@waymark/plugin-costs-common';
import type { SizeHint } from '@waymark/plugin-infrastructure-common';
import type { Line } from './Line';

/** What the infrastructure plugin knows of a resource. */
export type Managed = {
  id: string;
  offering: string;
  state: string;
  changedAt: string;
  /** US dollars a month, by the price book. */
  estimate: number | undefined;
  hints: SizeHint[];
};

/** All that rules look at. */
export type Books = {
  /** All that is charged; of some of it nothing is said. */
  lines: Line[];
  /** Resources that were asked for in the portal, by their entity. */
  managed: ReadonlyMap<string, Managed>;
  /** Money, of any currency, that a saving must be about in 30 days, at least. */
  least: number;
};

/** What a rule found. */
export type Found = {
  /** The lines that could cost less; they are of one source and currency. */
  lines: Line[];
  /** Lines that it was compared with. */
  beside?: Line[];
  /** What is told to whoever is to do it. */
  title: string;
  /** What it rests on, in sentences. */
  why: string;
  /** What could be saved in 30 days. */
  low: number;
  high: number;
  /**
   * What it is about: one meter of a resource; a resource; all of an entity; or
   * what a group uses of a service. A rule finds one thing of each at most: that
   * is how it is known when it is found again.
   */
  about: 'line' | 'resource' | 'entity' | 'group';
  /**
   * Whether what takes its place has another id, and is the same entity's:
   * whether anything came of it is then told by what that uses of the service.
   */
  isReplaced?: true;
  /** What of a resource of the portal is to be asked for. */
  change?: Record<string, string>;
};

/** Says what could cost less. Pure: the same books say the same. */
export type Rule = {
  id: string;
  kind: RecommendationKind;
  effort: Recommendation['effort'];
  /** Whether it says nothing without the infrastructure plugin. */
  needsManaged?: true;
  find(books: Books): Found[];
};
