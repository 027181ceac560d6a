import type { ZodType } from 'zod';
import { ModelError, type ModelProvider, type ModelReply, type ModelRequest } from '../../ai/model.ts';
import { completeStructured } from '../../ai/structured.ts';
import type { JobCost } from '../../../shared/job-views.ts';
import type { ModelPurpose, ModelSettings, ModelTier } from '../../../shared/model-views.ts';
import type { WriterClient } from '../writer-client.ts';
import { isLoopback } from './loopback.ts';
import type { CallAccount, PaidCalls, PaidReply } from './paid-calls.ts';

/** One question to whatever model is set, on somebody's account. */
export interface GatewayRequest<T> {
  purpose: ModelPurpose;
  tier: ModelTier;
  system: string;
  prompt: string;
  /** What the answer must be; answers that do not fit get one repair attempt. */
  schema: { name: string; type: ZodType<T> };
  maxOutputTokens: number;
  projectPk: number | null;
  jobId: string | null;
}

export interface GatewayAnswer<T> {
  value: T;
  model: string;
  cost: JobCost;
}

/**
 * The only way to a model: checks the caps before, writes down that it asks before it asks, keeps the answer before it is
 * used, so that a job that is done again after a crash finds it and pays nothing. Rejects with `ModelError`
 * (class `cap` when there is no money).
 */
export interface ModelGateway {
  /** Whether a model is set and to be used for this. */
  isWanted(use: keyof ModelSettings['use_for']): boolean;
  /** The settings that hold now. */
  settings(): ModelSettings;
  complete<T>(request: GatewayRequest<T>, signal: AbortSignal): Promise<GatewayAnswer<T>>;
  /** Free text as it grows; the last item is the whole answer. */
  stream(
    request: Omit<GatewayRequest<string>, 'schema'>,
    signal: AbortSignal,
  ): AsyncIterable<{ delta: string } | { answer: GatewayAnswer<string> }>;
}

/** What the gateway asks with, as the settings stand at that moment. */
export interface ModelSource {
  settings(): ModelSettings;
  /** The name of the model for a tier. Throws `ModelError` when none is named. */
  modelFor(tier: ModelTier): string;
  /** Rejects with `ModelError` when no provider is set or its key is not to be had. */
  provider(): Promise<ModelProvider>;
}

export interface GatewayParts {
  models: ModelSource;
  /** The one of this worker: it knows what is under way. */
  paid: PaidCalls;
  writer: Pick<WriterClient, 'call'>;
}

/**
 * Claude's newest models think before they answer, some of them whatever they are told, and that counts against the answer's
 * bound. Endpoints of other makers are left what they were promised, for some count the bound against a short context.
 */
const thinkingTokens = 2_000;

/** The gateway over the settings of the moment and the writer's account of calls. */
export function createModelGateway({ models, paid, writer }: GatewayParts): ModelGateway {
  function accountOf(request: Omit<GatewayRequest<unknown>, 'schema'>): CallAccount {
    const { purpose, projectPk, jobId } = request;
    return { purpose, projectPk, jobId, billing: billingOf(models.settings()) };
  }

  function baseOf({ tier, system, prompt, maxOutputTokens }: Omit<GatewayRequest<unknown>, 'schema'>) {
    const room = models.settings().kind === 'openai' ? 0 : thinkingTokens;
    return { model: models.modelFor(tier), system, prompt, maxOutputTokens: maxOutputTokens + room };
  }

  return {
    isWanted: (use) => models.settings().kind !== 'none' && models.settings().use_for[use],
    settings: () => models.settings(),

    async complete({ schema, ...request }, signal) {
      const provider = await models.provider();
      const account = accountOf(request);
      const replies: PaidReply[] = [];
      const asking = {
        async complete(asked: ModelRequest, aborted: AbortSignal): Promise<ModelReply> {
          const reply = await paid.complete(provider, asked, account, aborted);
          replies.push(reply);
          return reply;
        },
      };
      try {
        const { value, model } = await completeStructured(asking, { ...baseOf(request), schema }, signal);
        return { value, model, cost: sumOf(replies) };
      } catch (error) {
        // A job that is tried again must not be given the same useless answers.
        if (error instanceof ModelError && error.class === 'format' && replies.length > 0) {
          const ids = replies.map(({ callId }) => callId);
          await writer.call('rejectModelReplies', { ids, class: 'format', message: error.message });
        }
        throw error;
      }
    },

    async *stream(request, signal) {
      const provider = await models.provider();
      const asked: ModelRequest = { ...baseOf(request), schema: null };
      for await (const item of paid.stream(provider, asked, accountOf(request), signal)) {
        if ('delta' in item) yield item;
        else yield { answer: { value: item.reply.text, model: item.reply.model, cost: sumOf([item.reply]) } };
      }
    },
  };
}

/** How a provider's calls are paid for. */
export function billingOf({ kind, base_url }: Pick<ModelSettings, 'kind' | 'base_url'>): CallAccount['billing'] {
  if (kind === 'claude-cli') return 'said';
  return base_url !== null && isLoopback(base_url) ? 'free' : 'priced';
}

function sumOf(replies: readonly PaidReply[]): JobCost {
  const cost: JobCost = { input_tokens: 0, output_tokens: 0, cost_usd: 0 };
  for (const { usage, paidUsd } of replies) {
    cost.input_tokens += usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
    cost.output_tokens += usage.outputTokens;
    cost.cost_usd += paidUsd;
  }
  return cost;
}
