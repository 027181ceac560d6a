import type { ModelSettings, ModelTier } from '../../shared/model-views.ts';
import { createClaudeProvider } from './claude-cli/claude-provider.ts';
import type { Timeouts } from './deadline.ts';
import type { Manners } from './endpoint-access.ts';
import { ModelError, type ModelProvider } from './model.ts';

/** What a provider needs besides the settings. */
export interface ProviderAccess {
  key: string | null;
  /** What endpoints turned out not to take; the same map for as long as the worker runs. */
  manners: Manners;
  env: Readonly<Record<string, string | undefined>>;
  /** A folder of our own for the `claude` program to run in. */
  claudeFolder: string;
  timeouts?: Partial<Timeouts>;
}

/** The provider that the settings name. Throws `ModelError` (setup) for `none`. */
export function createProvider(settings: ModelSettings, access: ProviderAccess): ModelProvider {
  const { key, manners, timeouts = {} } = access;
  switch (settings.kind) {
    case 'anthropic':
      return atFirstUse('anthropic', async () => {
        const { createAnthropicProvider } = await import('./anthropic-provider.ts');
        return createAnthropicProvider({ baseUrl: settings.base_url, key, manners, timeouts });
      });
    case 'openai':
      return atFirstUse('openai', async () => {
        const { createOpenAiProvider } = await import('./openai-provider.ts');
        return createOpenAiProvider({ baseUrl: settings.base_url, key, manners, timeouts });
      });
    case 'claude-cli':
      return createClaudeProvider({ path: settings.cli_path, folder: access.claudeFolder, env: access.env, timeouts });
    case 'none':
      throw new ModelError('setup', 'No model is set up. Choose one in the settings.');
  }
}

/** The libraries are large, and most starts need none: they are loaded with the first question. */
function atFirstUse(kind: ModelProvider['kind'], load: () => Promise<ModelProvider>): ModelProvider {
  return {
    kind,
    complete: async (request, signal) => (await load()).complete(request, signal),
    async *stream(request, signal) {
      yield* (await load()).stream(request, signal);
    },
  };
}

/** Names of models where the settings leave them open; the program's short names follow its own newest models. */
export const defaultModels: Record<'anthropic' | 'claude-cli', Record<ModelTier, string>> = {
  anthropic: { small: 'claude-haiku-5-5', large: 'claude-sonnet-5-5' },
  'claude-cli': { small: 'haiku', large: 'sonnet' },
};

/**
 * The name of the model for a tier. A small one that is not named is the usual one where the provider's models are known, else
 * the large one. Throws `ModelError` (setup) when none is named.
 */
export function modelFor({ kind, models, base_url: baseUrl }: ModelSettings, tier: ModelTier): string {
  const usual = (kind === 'anthropic' && baseUrl === null) || kind === 'claude-cli' ? defaultModels[kind][tier] : null;
  const name = models[tier] ?? usual ?? (tier === 'small' ? models.large : null);
  if (name === null || kind === 'none') throw new ModelError('setup', 'No model is named. Choose one in the settings.');
  return name;
}
