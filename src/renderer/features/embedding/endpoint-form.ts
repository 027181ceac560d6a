import { keyVariable, type EmbeddingSettings } from '../../../shared/embedding-views.ts';
import { boundedNumber, boundedWhole, type Bounds } from '../../lib/bounded-number.ts';
import { remoteHostOf, webAddress } from '../../lib/local-address.ts';

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

/** Whether what is sent there leaves this computer; false for an address that is not complete yet. */
export function isRemote(form: EndpointForm): boolean {
  return remoteHostOf(form.url) !== null;
}

/** As the contract bounds them. */
export const dimensionBounds: Bounds = { from: 8, to: 4_096 };
export const priceBounds: Bounds = { from: 0, to: 1_000 };

/** What keeps a text from being what its field asks for. */
export type EndpointFault = 'needed' | 'url' | 'variable' | 'whole' | 'number';
export type EndpointFaults = Partial<Record<keyof EndpointForm, EndpointFault>>;

/** What is missing or makes no sense, by field. */
export function endpointFaults(form: EndpointForm): EndpointFaults {
  return {
    ...(webAddress(form.url) === null && { url: form.url.trim() === '' ? 'needed' : 'url' }),
    ...(form.model.trim() === '' && { model: 'needed' }),
    ...(Number.isNaN(boundedWhole(form.dimension, dimensionBounds)) && { dimension: 'whole' }),
    ...(Number.isNaN(boundedNumber(form.price, priceBounds)) && { price: 'number' }),
    ...(form.keySource === 'environment' && !keyVariable.test(form.variable.trim()) && { variable: 'variable' }),
  };
}

/** The settings to keep; null while something has a fault. */
export function endpointSettings(form: EndpointForm): EmbeddingSettings | null {
  if (Object.keys(endpointFaults(form)).length > 0) return null;
  return {
    kind: 'endpoint',
    // The path of a request is put behind it.
    base_url: form.url.trim().replace(/\/+$/, ''),
    model: form.model.trim(),
    dimension: boundedWhole(form.dimension, dimensionBounds),
    key_source: form.keySource,
    key_variable: form.keySource === 'environment' ? form.variable.trim() : null,
    price_per_million_tokens: boundedNumber(form.price, priceBounds),
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
