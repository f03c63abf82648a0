import {
  RiArchiveLine,
  RiCalendarCheckLine,
  RiCheckDoubleLine,
  RiCheckLine,
  RiCloseLine,
  RiHistoryLine,
  RiLightbulbLine,
  RiLinkUnlinkM,
  RiScales3Line,
  RiTimeLine,
  RiZzzLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type {
  Recommendation,
  RecommendationKind,
  RecommendationLink,
  RecommendationOutcome,
  RecommendationState,
} from '@waymark/plugin-costs-common';
import type { Tone } from '@waymark/plugin-parts-react';
import { difference, signOf, type Decimal } from '../money/decimal';
import { money } from '../money/words';

/** How each kind of saving is called. */
export const kindWords: Record<
  RecommendationKind,
  { text: string; Icon: RemixiconComponentType }
> = {
  idle: { text: 'Not used', Icon: RiZzzLine },
  oversized: { text: 'Larger than its like', Icon: RiScales3Line },
  unattached: { text: 'Nothing is attached', Icon: RiLinkUnlinkM },
  commitment: { text: 'Commitment', Icon: RiCalendarCheckLine },
  generation: { text: 'Old generation', Icon: RiHistoryLine },
  retention: { text: 'Logs and metrics', Icon: RiArchiveLine },
};

/** How the state of a recommendation is shown. */
export const stateWords: Record<
  RecommendationState,
  { text: string; tone: Tone; Icon: RemixiconComponentType }
> = {
  open: { text: 'Nobody decided', tone: 'info', Icon: RiLightbulbLine },
  withheld: { text: 'Withheld', tone: 'plain', Icon: RiTimeLine },
  accepted: { text: 'Accepted', tone: 'positive', Icon: RiCheckLine },
  dismissed: { text: 'Dismissed', tone: 'plain', Icon: RiCloseLine },
  verified: { text: 'Verified', tone: 'positive', Icon: RiCheckDoubleLine },
};

/** How much work it is. */
export const effortWords: Record<Recommendation['effort'], string> = {
  low: 'little work',
  medium: 'some work',
  high: 'much work',
};

/** What its link is called. */
export const linkWords: Record<RecommendationLink['kind'], string> = {
  change: 'Fill in the request',
  release: 'To the resource, to give it back',
  explore: 'Its charges in the explorer',
};

/** What came of it, in a word. */
export const outcomeWords: Record<RecommendationOutcome['result'], string> = {
  saved: 'It saves what was to be expected',
  partly: 'It saves less than was to be expected',
  nothing: 'The bills do not show that it saves anything',
};

/** A saving as a range: "$25.00 to $50.00", "up to $300", "$21.00". */
export function rangeText(
  low: Decimal,
  high: Decimal,
  currency: string,
): string {
  if (signOf(low) <= 0) return `up to ${money(high, currency)}`;
  return signOf(difference(high, low)) === 0
    ? money(high, currency)
    : `${money(low, currency)} to ${money(high, currency)}`;
}
