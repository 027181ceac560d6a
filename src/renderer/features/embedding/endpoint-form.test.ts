import { expect, test } from 'vitest';
import {
  emptyEndpoint,
  endpointFaults,
  endpointFormOf,
  endpointPresets,
  endpointSettings,
  isRemote,
} from './endpoint-form.ts';

const form = { ...emptyEndpoint, url: 'http://127.0.0.1:11434/v1', model: 'm' };

// Catches: a form that is sent although the worker must refuse it.
test.each([
  [{}, true],
  [{ url: '' }, false],
  [{ url: 'ollama' }, false],
  [{ url: 'file:///etc/passwd' }, false],
  [{ model: '  ' }, false],
  [{ dimension: '256' }, true],
  [{ dimension: '2.5' }, false],
  [{ dimension: 'many' }, false],
  [{ dimension: '3' }, false],
  [{ price: '0' }, true],
  [{ price: '-1' }, false],
  [{ price: 'free' }, false],
  [{ keySource: 'environment' as const }, false],
  [{ keySource: 'environment' as const, variable: 'OPENAI_API_KEY' }, true],
  [{ keySource: 'environment' as const, variable: 'OPENAI KEY' }, false],
  [{ keySource: 'environment' as const, variable: 'PATH' }, false],
  [{ dimension: '4097' }, false],
])('%j can be kept: %s', (part, isGood) => {
  expect(endpointSettings({ ...form, ...part }) !== null).toBe(isGood);
});

// Catches: a button that is dead, with no word of the field that is to blame.
test('what is wrong is told by field', () => {
  expect(endpointFaults(form)).toEqual({});
  const wrong = {
    ...form,
    url: 'not a url',
    model: '',
    dimension: '-4',
    price: 'free',
    keySource: 'environment' as const,
  };
  expect(endpointFaults(wrong)).toEqual({
    url: 'url',
    model: 'needed',
    dimension: 'whole',
    price: 'number',
    variable: 'variable',
  });
});

// Catches: settings that change by being looked at, and a key that comes back.
test('what is kept is what the form shows', () => {
  for (const preset of endpointPresets) {
    const settings = endpointSettings({ ...emptyEndpoint, ...preset.form });
    expect(settings).not.toBeNull();
    if (settings) expect(endpointSettings(endpointFormOf(settings))).toEqual(settings);
  }
});

test('slashes at the end of an address go', () => {
  expect(endpointSettings({ ...form, url: 'http://localhost:1234/v1//' })?.base_url).toBe('http://localhost:1234/v1');
});

// Catches: texts that leave the computer without a word about it.
test.each([
  ['http://127.0.0.1:11434/v1', false],
  ['http://localhost:1/v1', false],
  ['http://[::1]:1/v1', false],
  ['https://api.openai.com/v1', true],
  ['http://192.168.1.9:11434/v1', true],
  ['http://localhost.example.org/v1', true],
  ['', false],
])('%s is remote: %s', (url, remote) => {
  expect(isRemote({ ...form, url })).toBe(remote);
});
