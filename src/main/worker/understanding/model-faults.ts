import { basename, isAbsolute } from 'node:path';
import { anthropicAddress } from '../../ai/addresses.ts';
import type { Mode } from '../../ai/mode.ts';
import { faultInBaseUrl } from '../../embed/settings.ts';
import type { ModelSettings } from '../../../shared/model-views.ts';

/** Whose key it is. */
export function keyAddress({ kind, base_url: baseUrl }: Pick<ModelSettings, 'kind' | 'base_url'>): string {
  return baseUrl ?? (kind === 'anthropic' ? anthropicAddress : '');
}

/** A sentence that says what cannot work, or null. */
export function faultIn(settings: ModelSettings, modes: readonly Pick<Mode, 'name'>[]): string | null {
  const { kind, base_url: baseUrl, cli_path: path } = settings;
  if (!modes.some(({ name }) => name === settings.mode)) {
    return `There is no mode "${settings.mode}". Those that there are: ${modes.map(({ name }) => name).join(', ')}.`;
  }
  // Whoever may change settings must not be able to start any program with them.
  if (path !== null && !(isAbsolute(path) && /^claude[\w.-]*$/i.test(basename(path)))) {
    return 'The path of the program is its whole path and ends in claude.';
  }
  if (kind !== 'anthropic' && kind !== 'openai') return null;
  if (kind === 'anthropic' && baseUrl === null && settings.key_source === 'none') {
    return 'Anthropic needs a key: put one into the keychain, or name the environment variable that holds it.';
  }
  return baseUrl === null ? null : faultInBaseUrl(baseUrl);
}
