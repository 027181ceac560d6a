import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ModelError, type ModelProvider, type ModelReply, type ModelRequest } from '../../ai/model.ts';
import { mostTokens } from '../../ai/prices.ts';
import type { ModelPurpose } from '../../../shared/model-views.ts';
import type { WriterClient } from '../writer-client.ts';
import type { BegunCall, FailedCall, ModelCallRequest } from './cost-writer.ts';
import { clockText } from './money-periods.ts';

/** On whose account a call is. */
export interface CallAccount {
  purpose: ModelPurpose;
  jobId: string | null;
  projectPk: number | null;
  billing: ModelCallRequest['billing'];
}

export interface PaidReply extends ModelReply {
  callId: string;
  /** US dollars; of a kept reply what it cost then. */
  paidUsd: number;
}

/** What may go wrong between asking and knowing what it cost. */
export interface PaidCalls {
  /** Rejects with `ModelError`, also of class `cap`, or with the signal's reason. */
  complete(
    provider: ModelProvider,
    request: ModelRequest,
    account: CallAccount,
    signal: AbortSignal,
  ): Promise<PaidReply>;
  stream(
    provider: ModelProvider,
    request: ModelRequest,
    account: CallAccount,
    signal: AbortSignal,
  ): AsyncIterable<{ delta: string } | { reply: PaidReply }>;
}

const keptReply = z.object({ text: z.string(), value: z.unknown().optional(), model: z.string() });

/**
 * Writes down that a model is asked before it is, and what it answered before that is used. A call that has no room beside
 * those under way waits until one of them has ended.
 */
export function createPaidCalls(writer: Pick<WriterClient, 'call'>): PaidCalls {
  /** Calls that wait for their answer, and those that are being let in: what a call finds full may be full of these. */
  let active = 0;
  let waiting: (() => void)[] = [];

  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  }

  function ended(): void {
    active -= 1;
    wake();
  }

  function turnedAway(): void {
    active -= 1;
    // Nobody is left whose end would wake those that wait.
    if (active === 0) wake();
  }

  function nextEnd(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => reject(asError(signal.reason));
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, { once: true });
      waiting.push(() => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
    });
  }

  /** Whoever is let in stays active until its `ended`. */
  async function begin(call: ModelCallRequest, signal: AbortSignal): Promise<BegunCall> {
    for (;;) {
      signal.throwIfAborted();
      let begun: BegunCall | null = null;
      active += 1;
      try {
        begun = await writer.call('beginModelCall', { ...call, at: Date.now() });
      } finally {
        if (begun?.state !== 'sent') turnedAway();
      }
      // What is in flight without being ours ends with its worker: then the caps say what they say.
      if (begun.state !== 'full' || active === 0) return begun;
      await nextEnd(signal);
    }
  }

  /** Null when the reply is kept from an earlier attempt. */
  async function open(
    provider: ModelProvider,
    request: ModelRequest,
    account: CallAccount,
    signal: AbortSignal,
  ): Promise<{ id: string } | { kept: PaidReply }> {
    const texts = [request.system, request.prompt, request.schema === null ? '' : JSON.stringify(request.schema)];
    const begun = await begin(
      {
        ...account,
        provider: provider.kind,
        model: request.model,
        requestHash: hashOf(provider.kind, request),
        tokens: { inputTokens: mostTokens(texts), maxOutputTokens: request.maxOutputTokens },
        at: 0,
      },
      signal,
    );
    switch (begun.state) {
      case 'kept': {
        const { id, reply, costMicros, ...tokens } = begun.call;
        const { text, value, model } = keptReply.parse(JSON.parse(reply));
        const costUsd = costMicros / 1e6;
        return { kept: { callId: id, paidUsd: costUsd, text, value, model, usage: { ...tokens, costUsd } } };
      }
      case 'sent':
        return { id: begun.id };
      case 'unpriced':
        throw new ModelError(
          'cap',
          `No price is known for the model ${request.model}, so its cost cannot be watched. Set one under Costs (0 when it is free), and the work goes on.`,
        );
      case 'full':
      case 'capped':
        throw new ModelError('cap', capMessage(begun), { retryAfterMs: Math.max(0, begun.until - Date.now()) });
    }
  }

  /** The answer is durable before anybody uses it. */
  async function keep(id: string, { text, value, model, usage }: ModelReply): Promise<PaidReply> {
    const reply = JSON.stringify({ text, value, model });
    const costMicros = await writer.call('answerModelCall', { id, usage, reply, at: Date.now() });
    return { callId: id, paidUsd: costMicros / 1e6, text, value, model, usage };
  }

  async function fail(id: string, error: unknown): Promise<void> {
    // What cannot be written (the worker closes) stays `sent`, and counts as such.
    await writer.call('failModelCall', { id, ...failureOf(error), at: Date.now() }).catch(() => undefined);
  }

  return {
    async complete(provider, request, account, signal) {
      const opened = await open(provider, request, account, signal);
      if ('kept' in opened) return opened.kept;
      try {
        const reply = await provider.complete(request, signal).catch(async (error: unknown) => {
          await fail(opened.id, error);
          throw error;
        });
        return await keep(opened.id, reply);
      } finally {
        ended();
      }
    },

    async *stream(provider, request, account, signal) {
      const opened = await open(provider, request, account, signal);
      if ('kept' in opened) {
        yield { delta: opened.kept.text };
        yield { reply: opened.kept };
        return;
      }
      let isKnown = false;
      try {
        for await (const item of provider.stream(request, signal)) {
          if ('delta' in item) {
            yield item;
            continue;
          }
          isKnown = true;
          yield { reply: await keep(opened.id, item.reply) };
        }
        if (!isKnown) throw new ModelError('transient', 'The answer broke off before its end.');
      } catch (error) {
        if (!isKnown) await fail(opened.id, error);
        isKnown = true;
        throw error;
      } finally {
        // Whoever listened went away.
        if (!isKnown) await fail(opened.id, new Error('Nobody waited for the answer any longer.'));
        ended();
      }
    },
  };
}

/** Everything that makes a question the same question. */
function hashOf(kind: string, { model, system, prompt, schema, maxOutputTokens }: ModelRequest): Uint8Array {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([kind, model, system, prompt, schema, maxOutputTokens]));
  return new Uint8Array(hash.digest());
}

function failureOf(error: unknown): Pick<FailedCall, 'class' | 'message' | 'usage'> {
  if (error instanceof ModelError) return { class: error.class, message: error.message, usage: error.usage };
  const reason = error instanceof Error ? error.message : String(error);
  return {
    class: 'transient',
    message: `The call was stopped before its answer came, and is counted at the most that it may have cost. (${reason})`,
    usage: 'most',
  };
}

function capMessage(limit: Extract<BegunCall, { state: 'full' | 'capped' }>): string {
  const dollars = (micros: number) => `$${(micros / 1e6).toFixed(micros > 0 && micros < 1e5 ? 4 : 2)}`;
  const cap = limit.cap === 'day' ? "today's cap" : "this month's cap";
  if (limit.mostMicros > limit.capMicros) {
    return `One call may cost up to ${dollars(limit.mostMicros)}, more than ${cap} of ${dollars(limit.capMicros)}. Raise the cap under Costs, or choose a smaller model.`;
  }
  const spent = `${dollars(limit.spentMicros)} of ${dollars(limit.capMicros)} are spent`;
  return `There is no room left under ${cap}: ${spent}, and the next call may cost ${dollars(limit.mostMicros)}. Paid work goes on at ${clockText(limit.until)}, or when the cap is raised under Costs.`;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
