import { priceOf, type NamedPrice } from '../../ai/prices.ts';
import type { TextSize, Unsummarised } from '../../store/tables/unsummarised.ts';
import type { CostEstimate } from '../../../shared/cost-views.ts';
import type { ModelSettings, ModelTier } from '../../../shared/model-views.ts';

/** Instructions and the form of the answer, which each call sends before what it is about. */
const instructionTokens = 900;
/** What answers came to in tests with the recorded sessions, generously rounded. */
const answerTokens = { session: 900, turn: 350, week: 900, learnings: 700 };
/** What a week is made of: the summaries of its sessions. */
const weekTokens = 3_000;

interface Work {
  tier: ModelTier;
  calls: number;
  inputTokens: number;
  outputTokens: number;
}

export interface EstimateParts {
  settings: ModelSettings;
  modelFor(tier: ModelTier): string;
  ownPrices: readonly NamedPrice[];
  /** An endpoint on this machine costs nothing unless its model has a price. */
  isFree: boolean;
  left: { day: number | null; month: number | null };
}

/** What asking the model about everything that it has not summarised would cost, about. */
export function estimateOf(found: Unsummarised, parts: EstimateParts): CostEstimate {
  const { settings, left } = parts;
  if (settings.kind === 'none') {
    return {
      sessions: found.sessions.length,
      calls: 0,
      input_tokens: 0,
      output_tokens: 0,
      cost_usd: 0,
      model: null,
      fits_day: true,
      fits_month: true,
    };
  }
  const works = worksOf(found, settings).filter(({ calls }) => calls > 0);
  const costs = works.map((work) => costOfWork(work, parts));
  const cost = costs.some((one) => one === null) ? null : costs.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const sum = (of: (work: Work) => number) => works.reduce((total, work) => total + of(work), 0);
  const fits = (room: number | null) => room === null || (cost !== null && cost <= room);
  return {
    sessions: found.sessions.length,
    calls: sum(({ calls }) => calls),
    input_tokens: sum(({ inputTokens }) => inputTokens),
    output_tokens: sum(({ outputTokens }) => outputTokens),
    cost_usd: cost,
    model: parts.modelFor('large'),
    fits_day: fits(left.day),
    fits_month: fits(left.month),
  };
}

function worksOf({ sessions, turns, weeks }: Unsummarised, settings: ModelSettings): Work[] {
  const { use_for: wanted, input_budget_tokens: budget } = settings;
  const read = (sizes: readonly TextSize[]) =>
    sizes.reduce((sum, size) => sum + instructionTokens + Math.min(budget, tokensOf(size)), 0);
  const work = (isWanted: boolean, tier: ModelTier, calls: number, inputTokens: number, each: number): Work[] =>
    isWanted ? [{ tier, calls, inputTokens, outputTokens: calls * each }] : [];
  const weekInput = weeks * (instructionTokens + Math.min(budget, weekTokens));
  return [
    ...work(wanted.sessions, 'large', sessions.length, read(sessions), answerTokens.session),
    ...work(wanted.learnings, 'large', sessions.length, read(sessions), answerTokens.learnings),
    ...work(wanted.turns, 'small', turns.length, read(turns), answerTokens.turn),
    ...work(wanted.weeks, 'large', weeks, weekInput, answerTokens.week),
  ];
}

/** Null where the price is not known. */
function costOfWork({ tier, inputTokens, outputTokens }: Work, parts: EstimateParts): number | null {
  const rate = priceOf(parts.modelFor(tier), parts.ownPrices);
  if (rate === null) return parts.isFree ? 0 : null;
  return (inputTokens * rate.input + outputTokens * rate.output) / 1e6;
}

/** As `estimateTokens` counts: four ASCII characters a token, one of three bytes. */
function tokensOf({ characters, bytes }: TextSize): number {
  const wide = Math.min(characters, (bytes - characters) / 2);
  return Math.ceil(wide + (characters - wide) / 4);
}
