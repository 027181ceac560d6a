import { createProvider } from '../../ai/create-provider.ts';
import { defaultModelSettings } from '../../ai/settings.ts';
import { startAnthropicServer } from '../../ai/testing/anthropic-server.ts';
import type { ModelServer } from '../../ai/testing/model-server.ts';
import { startOpenAiServer } from '../../ai/testing/openai-server.ts';
import type { ModelSettings } from '../../../shared/model-views.ts';
import type { ModelSource } from '../understanding/model-gateway.ts';

export const wireFormats = ['anthropic', 'openai'] as const;
export type WireFormatName = (typeof wireFormats)[number];

export const modelServers: Record<WireFormatName, () => Promise<ModelServer>> = {
  anthropic: startAnthropicServer,
  openai: startOpenAiServer,
};

/** Settings that ask a local server for the model `test-model`, which has no price in the list. */
export function settingsFor(kind: WireFormatName, server: Pick<ModelServer, 'url'>): ModelSettings {
  return { ...defaultModelSettings, kind, base_url: server.url, models: { small: null, large: 'test-model' } };
}

/** A real provider over the settings, without a key. */
export function modelSource(settings: ModelSettings): ModelSource {
  const manners = new Map();
  return {
    settings: () => settings,
    modelFor: () => settings.models.large ?? '',
    provider: async () =>
      createProvider(settings, {
        key: null,
        manners,
        env: {},
        claudeFolder: '',
        timeouts: { firstMs: 2_500, idleMs: 2_500 },
      }),
  };
}
