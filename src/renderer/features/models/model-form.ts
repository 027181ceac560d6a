import { keyVariable } from '../../../shared/embedding-views.ts';
import type { ModelKind, ModelSettings } from '../../../shared/model-views.ts';
import { remoteHostOf, webAddress } from '../../lib/local-address.ts';

export type AskedKind = Exclude<ModelKind, 'none'>;

/** How a model is reached, as somebody types it. */
export interface ModelForm {
  kind: AskedKind;
  url: string;
  large: string;
  small: string;
  cliPath: string;
  keySource: ModelSettings['key_source'];
  variable: string;
  /** Typed here, sent once, never read back. */
  key: string;
}

export interface ModelPreset {
  name: string;
  form: Partial<ModelForm>;
}

/** Proper names, the same in every language. Only addresses: which models there are, the server knows. */
export const openAiPresets: readonly ModelPreset[] = [
  { name: 'Ollama', form: { url: 'http://127.0.0.1:11434/v1', keySource: 'none', variable: '' } },
  { name: 'LM Studio', form: { url: 'http://127.0.0.1:1234/v1', keySource: 'none', variable: '' } },
  {
    name: 'OpenRouter',
    form: { url: 'https://openrouter.ai/api/v1', keySource: 'environment', variable: 'OPENROUTER_API_KEY' },
  },
  { name: 'OpenAI', form: { url: 'https://api.openai.com/v1', keySource: 'environment', variable: 'OPENAI_API_KEY' } },
];

const empty = { url: '', large: '', small: '', cliPath: '', keySource: 'none', variable: '', key: '' } as const;

const beginnings: Record<AskedKind, ModelForm> = {
  anthropic: {
    ...empty,
    kind: 'anthropic',
    keySource: 'environment',
    variable: 'ANTHROPIC_API_KEY',
  },
  openai: { ...empty, kind: 'openai' },
  'claude-cli': { ...empty, kind: 'claude-cli' },
};

/** What is kept, ready to be changed; another provider than the kept one begins with what is usual for it. */
export function modelFormOf(settings: ModelSettings, kind: AskedKind): ModelForm {
  if (settings.kind !== kind) return beginnings[kind];
  return {
    kind,
    url: settings.base_url ?? '',
    large: settings.models.large ?? '',
    small: settings.models.small ?? '',
    cliPath: settings.cli_path ?? '',
    keySource: settings.key_source,
    variable: settings.key_variable ?? '',
    key: '',
  };
}

/** Where the texts go: a host, or null for this computer, for a program, and for an address that is not complete yet. */
export function remoteHost(form: ModelForm): string | null {
  if (form.kind === 'claude-cli') return null;
  if (form.kind === 'anthropic' && form.url.trim() === '') return 'api.anthropic.com';
  return remoteHostOf(form.url);
}

/** Whether the worker knows which models to ask where none is named. */
export function hasUsualModels({ kind, url }: ModelForm): boolean {
  return kind === 'claude-cli' || (kind === 'anthropic' && url.trim() === '');
}

/** What keeps a text from being what its field asks for. */
export type ModelFault = 'needed' | 'url' | 'variable' | 'program';
export type ModelFaults = Partial<Record<keyof ModelForm, ModelFault>>;

/** As the worker takes it: no other program is started by settings. */
const programPath = /^(?:\/|[a-z]:[/\\])(?:.*[/\\])?claude[\w.-]*$/i;

/** What is missing or makes no sense, by field. */
export function modelFaults(form: ModelForm): ModelFaults {
  if (form.kind === 'claude-cli') {
    const path = form.cliPath.trim();
    return path !== '' && !programPath.test(path) ? { cliPath: 'program' } : {};
  }
  const url = form.url.trim();
  const hasUrl = webAddress(url) !== null || (url === '' && form.kind === 'anthropic');
  return {
    ...(!hasUrl && { url: url === '' ? 'needed' : 'url' }),
    ...(form.large.trim() === '' && !hasUsualModels(form) && { large: 'needed' }),
    ...(form.keySource === 'environment' && !keyVariable.test(form.variable.trim()) && { variable: 'variable' }),
  };
}

/** The settings to keep, with everything that the form does not show as it was; null while something has a fault. */
export function modelSettings(form: ModelForm, kept: ModelSettings): ModelSettings | null {
  if (Object.keys(modelFaults(form)).length > 0) return null;
  const isCli = form.kind === 'claude-cli';
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    ...kept,
    kind: form.kind,
    base_url: isCli ? null : orNull(form.url.trim().replace(/\/+$/, '')),
    models: { large: orNull(form.large), small: orNull(form.small) },
    key_source: isCli ? 'none' : form.keySource,
    key_variable: !isCli && form.keySource === 'environment' ? form.variable.trim() : null,
    cli_path: isCli ? orNull(form.cliPath) : null,
  };
}
