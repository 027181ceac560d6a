import type { EmbeddingSettings } from '../../../shared/embedding-views.ts';
import { remoteHostOf } from '../../lib/local-address.ts';

/** The settings of an endpoint as somebody types them. */
export interface EndpointForm {
  url: string;
  model: string;
  dimension: string;
  keySource: EmbeddingSettings['key_source'];
  variable: string;
  /** Typed here, sent once, never read back. */
  key: string;
  price: string;
}

export interface EndpointPreset {
  name: string;
  form: Partial<EndpointForm> & Pick<EndpointForm, 'url' | 'model'>;
}

/** Names are proper names, the same in every language; models are small ones that read English and Chinese. */
export const endpointPresets: readonly EndpointPreset[] = [
  { name: 'Ollama', form: { url: 'http://127.0.0.1:11434/v1', model: 'bge-m3', keySource: 'none' } },
  { name: 'LM Studio', form: { url: 'http://127.0.0.1:1234/v1', model: 'text-embedding-bge-m3', keySource: 'none' } },
  {
    name: 'OpenAI',
    form: {
      url: 'https://api.openai.com/v1',
      model: 'text-embedding-3-small',
      keySource: 'environment',
      variable: 'OPENAI_API_KEY',
      price: '0.02',
    },
  },
];

export const emptyEndpoint: EndpointForm = {
  url: '',
  model: '',
  dimension: '',
  keySource: 'none',
  variable: '',
  key: '',
  price: '',
};

/** What is kept, ready to be changed. */
export function endpointFormOf(settings: EmbeddingSettings): EndpointForm {
  if (settings.kind !== 'endpoint') return emptyEndpoint;
  return {
    url: settings.base_url ?? '',
    model: settings.model ?? '',
    dimension: settings.dimension === null ? '' : String(settings.dimension),
    keySource: settings.key_source,
    variable: settings.key_variable ?? '',
    key: '',
    price: settings.price_per_million_tokens === null ? '' : String(settings.price_per_million_tokens),
  };
}

function parseUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && /^https?:$/.test(url.protocol) ? url : null;
}

function numberOf(text: string): number | null {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? null : value;
}

/** Whether what is sent there leaves this computer; false for an address that is not complete yet. */
export function isRemote(form: EndpointForm): boolean {
  return remoteHostOf(form.url) !== null;
}

/** The settings to keep; null while something that is needed is missing or makes no sense. */
export function endpointSettings(form: EndpointForm): EmbeddingSettings | null {
  const url = parseUrl(form.url.trim());
  const model = form.model.trim();
  const dimension = numberOf(form.dimension);
  const price = numberOf(form.price);
  const variable = form.variable.trim();
  const isWrong =
    !url ||
    model === '' ||
    (form.dimension.trim() !== '' && (dimension === null || !Number.isInteger(dimension) || dimension < 8)) ||
    (form.price.trim() !== '' && (price === null || price < 0)) ||
    (form.keySource === 'environment' && !/^[A-Za-z_]\w*$/.test(variable));
  if (isWrong) return null;
  return {
    kind: 'endpoint',
    // The path of a request is put behind it.
    base_url: form.url.trim().replace(/\/+$/, ''),
    model,
    dimension,
    key_source: form.keySource,
    key_variable: form.keySource === 'environment' ? variable : null,
    price_per_million_tokens: price,
  };
}

/** The settings of a provider that needs none. */
export function plainSettings(kind: 'builtin' | 'none'): EmbeddingSettings {
  return {
    kind,
    base_url: null,
    model: null,
    dimension: null,
    key_source: 'none',
    key_variable: null,
    price_per_million_tokens: null,
  };
}
