import { expect, test } from 'vitest';
import type { ModelSettings } from '../../../shared/model-views.ts';
import { modelFaults, modelFormOf, modelSettings, remoteHost, type ModelForm } from './model-form.ts';

const kept: ModelSettings = {
  kind: 'none',
  base_url: null,
  models: { small: null, large: null },
  key_source: 'none',
  key_variable: null,
  cli_path: null,
  mode: 'coding',
  input_budget_tokens: 9_000,
  use_for: { turns: true, sessions: true, weeks: false, learnings: true, graph: false, ask: true },
};
const openai: ModelForm = { ...modelFormOf(kept, 'openai'), url: 'http://127.0.0.1:11434/v1/', large: 'qwen3' };

// Catches: a change of the provider that forgets what it is used for, and a slash that makes //chat of the address.
test('keeps what the form does not show', () => {
  expect(modelSettings(openai, kept)).toEqual({
    ...kept,
    kind: 'openai',
    base_url: 'http://127.0.0.1:11434/v1',
    models: { large: 'qwen3', small: null },
  });
});

// Catches: what was typed for one provider sent to another.
test('the program of the command line takes no address and no key', () => {
  const form: ModelForm = { ...openai, kind: 'claude-cli', keySource: 'environment', variable: 'OPENAI_API_KEY' };
  expect(modelSettings(form, kept)).toMatchObject({ base_url: null, key_source: 'none', key_variable: null });
});

test('the kept provider comes back as it was', () => {
  const settings = modelSettings({ ...openai, keySource: 'environment', variable: 'MY_API_KEY' }, kept);
  expect(settings && modelSettings(modelFormOf(settings, 'openai'), settings)).toEqual(settings);
});

// Catches: settings that the worker refuses although the form let them through.
test.each<[string, Partial<ModelForm>]>([
  ['no address', { url: '' }],
  ['no address at all', { url: 'ollama' }],
  ['another scheme', { url: 'file:///etc/passwd' }],
  ['no model', { large: ' ' }],
  ['no variable', { keySource: 'environment', variable: '' }],
  ['a variable that is not there to be sent', { keySource: 'environment', variable: 'PATH' }],
])('%s is not kept', (_name, part) => {
  expect(modelSettings({ ...openai, ...part }, kept)).toBeNull();
});

// Catches: a button that is dead, with no word of the field that is to blame; settings that the worker refuses in a notice only.
test.each<[Partial<ModelForm>, object]>([
  [{}, {}],
  [
    { url: '', large: '' },
    { url: 'needed', large: 'needed' },
  ],
  [
    { kind: 'anthropic', url: 'anthropic', keySource: 'environment', variable: 'NO_SUCH_VARIABLE_X' },
    { url: 'url', variable: 'variable' },
  ],
  [{ kind: 'claude-cli', cliPath: '' }, {}],
  [{ kind: 'claude-cli', cliPath: '/usr/local/bin/claude' }, {}],
  [{ kind: 'claude-cli', cliPath: 'C:\\Tools\\claude.exe' }, {}],
  [{ kind: 'claude-cli', cliPath: 'claude' }, { cliPath: 'program' }],
  [{ kind: 'claude-cli', cliPath: '/bin/sh' }, { cliPath: 'program' }],
])('of %j is told by field: %j', (part, faults) => {
  expect(modelFaults({ ...openai, ...part })).toEqual(faults);
});

// Catches: a form that asks for names which the worker knows.
test.each<[Partial<ModelForm>, boolean]>([
  [{ kind: 'anthropic', url: '' }, true],
  [{ kind: 'claude-cli' }, true],
  [{ kind: 'anthropic', url: 'http://127.0.0.1:9' }, false],
])('%j without names of models is kept: %s', (part, isKept) => {
  expect(modelSettings({ ...openai, ...part, large: '' }, kept) !== null).toBe(isKept);
});

// Catches: texts that leave the computer without a word about it.
test.each<[Partial<ModelForm>, string | null]>([
  [{}, null],
  [{ url: 'http://localhost:1234/v1' }, null],
  [{ url: 'http://[::1]:1234/v1' }, null],
  [{ url: 'http://192.168.1.5:11434/v1' }, '192.168.1.5'],
  [{ url: 'http://localhost.example.com/v1' }, 'localhost.example.com'],
  [{ url: 'https://openrouter.ai/api/v1' }, 'openrouter.ai'],
  [{ url: 'https://127.evil.example/v1' }, '127.evil.example'],
  [{ kind: 'anthropic', url: '' }, 'api.anthropic.com'],
  [{ kind: 'claude-cli' }, null],
])('%j goes to %s', (part, host) => {
  expect(remoteHost({ ...openai, ...part })).toBe(host);
});
