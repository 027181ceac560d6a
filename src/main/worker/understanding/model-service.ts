import { TRPCError } from '@trpc/server';
import type { ModelService } from '../../api/understanding-services.ts';
import type { Timeouts } from '../../ai/deadline.ts';
import { findClaude } from '../../ai/claude-cli/find-claude.ts';
import { createProvider, defaultModels, modelFor } from '../../ai/create-provider.ts';
import type { Manners } from '../../ai/endpoint-access.ts';
import type { Mode } from '../../ai/mode.ts';
import { codingMode } from '../../ai/modes/coding.ts';
import { ModelError, type ModelProvider, type ModelRequest } from '../../ai/model.ts';
import { readModes, type Modes } from '../../ai/read-modes.ts';
import { defaultModelSettings } from '../../ai/settings.ts';
import { dataPaths } from '../../store/data-folder.ts';
import type { ModelCallView } from '../../../shared/cost-views.ts';
import type { ModelSettings, ModelStatus, ModelTier } from '../../../shared/model-views.ts';
import { createEndpointKeys, KeyError } from '../endpoint-keys.ts';
import { faultIn, keyAddress } from './model-faults.ts';
import type { ModelSource } from './model-gateway.ts';
import { createModelStanding } from './model-standing.ts';
import type { UnderstandingParts } from './parts.ts';

/** What the account of calls knows. */
export interface ModelAccount {
  /** The newest call that has ended, tests left out, which may be made with other settings; null before the first. */
  newestCall(): Promise<ModelCallView | null>;
  isCapped(): Promise<boolean>;
  /** Asks on the account of purpose `test`; `costUsd` is null where nobody knows it. */
  test(
    provider: ModelProvider,
    request: ModelRequest,
    settings: ModelSettings,
    signal: AbortSignal,
  ): Promise<{ text: string; model: string; costUsd: number | null }>;
}

export interface Models extends ModelSource {
  service: ModelService;
  /** The words for prompts. */
  mode(): Mode;
  /** Reads the settings; before it there is no model. Nothing is asked while they are not there. */
  load(): Promise<void>;
  close(): void;
}

type Parts = Pick<UnderstandingParts, 'writer' | 'secrets' | 'env' | 'options'> & {
  account: ModelAccount;
  timeouts?: Partial<Timeouts>;
};

const testTimeouts: Partial<Timeouts> = { overallMs: 90_000, firstMs: 60_000 };
/** A model that thinks before it speaks needs room for that too. */
const testMaxTokens = 2_048;
const longestTestAnswer = 200;

/** Which model is asked, with which key, in which words. */
export function createModels({ writer, secrets, env, options, account, timeouts = {} }: Parts): Models {
  const keys = createEndpointKeys('model', { secrets, env });
  const paths = dataPaths(options.dataDir);
  const manners: Manners = new Map();
  const closing = new AbortController();
  let settings = defaultModelSettings;
  let known: Modes = { modes: [codingMode], problems: [] };
  let loading: Promise<void> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const standing = createModelStanding(() => account.newestCall());

  function load(): Promise<void> {
    loading ??= (async () => {
      [settings, known] = await Promise.all([writer.call('modelSettings'), readModes(paths.modes)]);
    })().catch((error: unknown) => {
      // Whoever asks next looks again.
      loading = null;
      throw error;
    });
    return loading;
  }

  async function open(wanted: ModelSettings, limits: Partial<Timeouts>, key?: string): Promise<ModelProvider> {
    const read = usesKey(wanted) ? await keys.read(wanted, keyAddress(wanted), key).catch(asModelError) : null;
    return createProvider(wanted, { key: read, manners, env, claudeFolder: paths.claude, timeouts: limits });
  }

  async function provider(): Promise<ModelProvider> {
    await load();
    try {
      const opened = await open(settings, timeouts);
      standing.began(null);
      return opened;
    } catch (error) {
      if (error instanceof ModelError && settings.kind !== 'none') standing.began(error);
      throw error;
    }
  }

  async function howItDoes(): Promise<Pick<ModelStatus, 'state' | 'problem'>> {
    if (settings.kind === 'none') return { state: 'off', problem: null };
    const found = await standing.read(settings);
    return (await account.isCapped()) ? { state: 'capped', problem: found.problem } : found;
  }

  async function status(): Promise<ModelStatus> {
    await load();
    known = await readModes(paths.modes);
    return {
      settings,
      keychain: await secrets.available(),
      modes: known.modes.map(({ name, title }) => ({ name, title })),
      mode_problems: known.problems,
      default_models: defaultModels,
      claude_path: await findClaude(settings.cli_path, env),
      ...(await howItDoes()),
    };
  }

  function refuse(next: ModelSettings): void {
    const fault = faultIn(next, known.modes);
    if (fault !== null) throw new TRPCError({ code: 'BAD_REQUEST', message: fault });
  }

  async function configure(next: ModelSettings, key: string | null | undefined): Promise<ModelStatus> {
    await load();
    known = await readModes(paths.modes);
    refuse(next);
    await keys.keep(usesKey(next) ? next : { ...next, key_source: 'none' }, keyAddress(next), key);
    const at = Date.now();
    await writer.call('setModelSettings', { settings: next, at });
    standing.changed(settings, next, key, at);
    settings = next;
    return status();
  }

  return {
    settings: () => settings,
    modelFor: (tier) => modelFor(settings, tier),
    provider,
    mode: () => known.modes.find(({ name }) => name === settings.mode) ?? codingMode,
    load,
    close: () => closing.abort(new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'The memory is closing.' })),
    service: {
      status,
      // One after the other: the settings that were sent last are the ones that are kept.
      configure(wanted, key) {
        const done = turn.then(() => configure(wanted, key));
        turn = done.catch(() => undefined);
        return done;
      },
      async test(next, tier, key) {
        await load();
        refuse(next);
        const startedAt = performance.now();
        try {
          const opened = await open(next, { ...testTimeouts, ...timeouts }, key);
          const asked = await account.test(opened, testRequest(next, tier), next, closing.signal);
          standing.tested(next, key, null);
          return {
            model: asked.model,
            took_ms: Math.round(performance.now() - startedAt),
            answer: asked.text.trim().slice(0, longestTestAnswer).toWellFormed(),
            cost_usd: asked.costUsd,
          };
        } catch (error) {
          if (!(error instanceof ModelError)) throw error;
          standing.tested(next, key, error);
          // What a test finds is the person's to mend, with the reason as it is.
          throw new TRPCError({ code: 'PRECONDITION_FAILED', message: error.message });
        }
      },
    },
  };
}

function usesKey({ kind }: ModelSettings): boolean {
  return kind === 'anthropic' || kind === 'openai';
}

/** Never the same twice: an answer that is kept from an earlier one would prove nothing. */
function testRequest(settings: ModelSettings, tier: ModelTier): ModelRequest {
  return {
    model: modelFor(settings, tier),
    system: 'Somebody wants to know whether you can be reached.',
    prompt: `Answer with the one word: ready. (Asked at ${new Date().toISOString()}.)`,
    schema: null,
    maxOutputTokens: testMaxTokens,
  };
}

function asModelError(error: unknown): never {
  throw error instanceof KeyError ? new ModelError('setup', error.message) : error;
}
