import { costOf, mostCost, priceOf } from '../../ai/prices.ts';
import type { ModelUsage } from '../../ai/model.ts';
import { newId } from '../../store/ids.ts';
import { capsKey, createCapsReader, reachedKey } from '../../store/tables/cost-caps.ts';
import { createConfigurationWriter } from '../../store/tables/configurations.ts';
import { createModelCallWriter, createSpendingReader, type KeptCall } from '../../store/tables/model-calls.ts';
import { createModelPriceReader, createModelPriceWriter, type ModelPriceRow } from '../../store/tables/model-prices.ts';
import type { CostCaps } from '../../../shared/cost-views.ts';
import type { FailureClass } from '../../../shared/job-views.ts';
import type { ModelPurpose } from '../../../shared/model-views.ts';
import type { WriterOperationParts } from '../writer-operations.ts';
import { dayOf, monthOf } from './money-periods.ts';

export interface ModelCallRequest {
  purpose: ModelPurpose;
  jobId: string | null;
  projectPk: number | null;
  provider: string;
  model: string;
  requestHash: Uint8Array;
  /** At most. */
  tokens: { inputTokens: number; maxOutputTokens: number };
  /** free: an endpoint on this machine; said: the provider says itself what a call cost; priced: only the price table knows. */
  billing: 'free' | 'said' | 'priced';
  at: number;
}

/** Millionths of a US dollar. */
interface Limit {
  cap: 'day' | 'month';
  capMicros: number;
  spentMicros: number;
  mostMicros: number;
  /** When there is money again. */
  until: number;
}

/** Whether a call may be made. `full`: it may once a call that is under way has turned out cheaper than it might have been. */
export type BegunCall =
  | { state: 'kept'; call: KeptCall }
  | { state: 'sent'; id: string }
  | ({ state: 'capped' | 'full' } & Limit)
  | { state: 'unpriced' };

export interface FailedCall {
  id: string;
  class: FailureClass;
  message: string;
  /** `most` where nobody knows what the provider had done when the line was cut. */
  usage: ModelUsage | 'most' | null;
  at: number;
}

const nothingUsed = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
const lost = {
  class: 'transient',
  message: 'The app ended before the answer came. It is counted at the most that it may have cost.',
} as const;

/** What the writer does about money: it alone decides whether there is some, so that two calls never take the same. */
export function createCostOperations({ db, ledger }: WriterOperationParts) {
  const calls = createModelCallWriter(db);
  const spending = createSpendingReader(db);
  const prices = createModelPriceReader(db);
  const priceWriter = createModelPriceWriter(db);
  const caps = createCapsReader(db);
  const configurations = createConfigurationWriter(db);

  /** Null where the name has no price. */
  function rateOf(model: string) {
    return priceOf(model, prices.all());
  }

  function tell(data: Record<string, string | number>, projectPk: number | null, at: number): void {
    ledger.log({ type: 'costs.changed', at, projectPk, sessionPk: null, data });
  }

  function tellOfCall(id: string, at: number): void {
    const call = calls.find(id);
    if (call === null) return;
    tell({ purpose: call.purpose, model: call.model, cost_usd: call.cost_micros / 1e6 }, call.project_pk, at);
  }

  /** The first cap that has no room, or null. */
  function limitOf(mostMicros: number, at: number): { limit: Limit; hasRoomLater: boolean } | null {
    const { day_usd, month_usd } = caps.caps();
    const inFlight = spending.inFlight();
    let full: Limit | null = null;
    for (const [cap, usd, period] of [
      ['month', month_usd, monthOf(at)],
      ['day', day_usd, dayOf(at)],
    ] as const) {
      if (usd === null) continue;
      const spentMicros = spending.since(period.start, period.firstDay);
      const limit = { cap, capMicros: Math.round(usd * 1e6), spentMicros, mostMicros, until: period.end };
      if (spentMicros + mostMicros > limit.capMicros) return { limit, hasRoomLater: false };
      if (spentMicros + inFlight + mostMicros > limit.capMicros) full = limit;
    }
    return full === null ? null : { limit: full, hasRoomLater: true };
  }

  function rememberReached({ cap, until }: Limit, at: number): void {
    const known = caps.reached(at);
    if (known?.cap === cap && known.until === until) return;
    configurations.put(reachedKey, JSON.stringify({ cap, until }), at);
    tell({ what: 'capped', cap }, null, at);
  }

  /** Whatever waits for money looks again; who still has none is told so anew. */
  function lookAgain(what: 'caps' | 'prices', at: number): void {
    configurations.put(reachedKey, 'null', at);
    tell({ what }, null, at);
  }

  /** What a call may cost at most; null where nobody knows. */
  function mostOf({ model, tokens, billing }: ModelCallRequest): number | null {
    const rate = rateOf(model) ?? (billing === 'said' ? rateOf('opus') : null);
    if (rate !== null) return mostCost(tokens, rate);
    return billing === 'free' ? 0 : null;
  }

  return {
    beginModelCall(request: ModelCallRequest): BegunCall {
      const kept = request.jobId === null ? null : calls.kept(request.requestHash, request.jobId);
      if (kept !== null) return { state: 'kept', call: kept };
      const mostMicros = mostOf(request);
      if (mostMicros === null) return { state: 'unpriced' };
      const reached = mostMicros === 0 ? null : limitOf(mostMicros, request.at);
      if (reached?.hasRoomLater) return { state: 'full', ...reached.limit };
      if (reached) {
        rememberReached(reached.limit, request.at);
        return { state: 'capped', ...reached.limit };
      }
      const id = newId(request.at);
      calls.insert({ ...request, id, mostMicros });
      return { state: 'sent', id };
    },
    answerModelCall({ id, usage, reply, at }: { id: string; usage: ModelUsage; reply: string; at: number }): number {
      const call = calls.find(id);
      const rate = rateOf(call?.model ?? '');
      // Its price was taken away while it was under way; a model that is only tried may have none.
      const isUnknown = rate === null && usage.costUsd === null && call !== null && call.purpose !== 'test';
      const cost = isUnknown ? { costMicros: call.cost_micros, savedMicros: 0 } : costOf(usage, rate);
      calls.answer({ id, ...usage, ...cost, at }, reply);
      tellOfCall(id, at);
      return cost.costMicros;
    },
    failModelCall({ id, usage, at, ...failure }: FailedCall): void {
      const call = calls.find(id);
      if (call === null) return;
      if (usage === 'most' || usage === null) {
        const costMicros = usage === null ? 0 : call.cost_micros;
        calls.fail({ id, ...nothingUsed, costMicros, savedMicros: 0, at }, failure);
      } else {
        calls.fail({ id, ...usage, ...costOf(usage, rateOf(call.model)), at }, failure);
      }
      tellOfCall(id, at);
    },
    /** Answers that were paid for and do not fit: the next attempt asks anew. */
    rejectModelReplies({ ids, class: failureClass, message }: { ids: string[]; class: FailureClass; message: string }) {
      calls.reject(ids, { class: failureClass, message });
    },
    /** Of a worker that is gone; for the start of the next one. */
    giveUpModelCalls(at: number): number {
      return calls.giveUp(lost, at);
    },
    setCostCaps({ caps: wanted, at }: { caps: CostCaps; at: number }): void {
      configurations.put(capsKey, JSON.stringify(wanted), at);
      lookAgain('caps', at);
    },
    setModelPrice({ price, at }: { price: ModelPriceRow; at: number }): void {
      priceWriter.put(price, at);
      lookAgain('prices', at);
    },
    resetModelPrice({ model, at }: { model: string; at: number }): void {
      priceWriter.drop(model);
      lookAgain('prices', at);
    },
  };
}
