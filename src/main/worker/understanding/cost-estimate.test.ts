import { expect, test } from 'vitest';
import { defaultModelSettings } from '../../ai/settings.ts';
import { toldMemory } from '../../memory/testing/told-memory.ts';
import { createUnsummarisedReader } from '../../store/tables/unsummarised.ts';
import { estimateOf, type EstimateParts } from './cost-estimate.ts';

const price = { model: 'large', input: 1, output: 10, cacheRead: 1, cacheWrite: 1 };
const parts: EstimateParts = {
  settings: { ...defaultModelSettings, kind: 'openai', base_url: 'https://api.example/v1', input_budget_tokens: 2_000 },
  modelFor: (tier) => tier,
  ownPrices: [price, { ...price, model: 'small', input: 0.1, output: 1 }],
  isFree: false,
  left: { day: 1, month: 20 },
};
const all = { turns: true, sessions: true, weeks: true, learnings: true, graph: true, ask: true };
const nothing = { sessions: [], turns: [], weeks: 0 };
const size = (characters: number, bytes = characters) => ({ characters, bytes });

test('each session is read for its summary and once more for what there is to learn, up to the budget', () => {
  const found = { ...nothing, sessions: [size(4_000), size(1_000_000)] };
  // 900 of instructions each; 1,000 and the budget of 2,000 to read; 900 and 700 to write.
  expect(estimateOf(found, parts)).toEqual({
    sessions: 2,
    calls: 4,
    input_tokens: 2 * (900 + 1_000 + 900 + 2_000),
    output_tokens: 2 * (900 + 700),
    cost_usd: (9_600 * 1 + 3_200 * 10) / 1e6,
    model: 'large',
    fits_day: true,
    fits_month: true,
  });
});

test('Chinese has a token a character', () => {
  const ascii = estimateOf({ ...nothing, sessions: [size(400)] }, parts);
  const chinese = estimateOf({ ...nothing, sessions: [size(400, 1_200)] }, parts);
  expect(chinese.input_tokens - ascii.input_tokens).toBe(2 * 300);
});

test('what is switched off costs nothing; turns go to the small model', () => {
  const found = { sessions: [size(400)], turns: [size(400), size(400)], weeks: 1 };
  const off = { ...all, turns: false, sessions: false, weeks: false, learnings: false };
  expect(estimateOf(found, { ...parts, settings: { ...parts.settings, use_for: off } })).toMatchObject({
    calls: 0,
    cost_usd: 0,
    sessions: 1,
  });
  const turns = estimateOf(found, { ...parts, settings: { ...parts.settings, use_for: { ...off, turns: true } } });
  expect(turns).toMatchObject({ calls: 2, cost_usd: (2 * 1_000 * 0.1 + 2 * 350 * 1) / 1e6 });
  expect(estimateOf(found, { ...parts, settings: { ...parts.settings, use_for: all } }).calls).toBe(5);
});

test('an unknown price is said to be unknown and fits no cap; a local model and none cost nothing', () => {
  const found = { ...nothing, sessions: [size(400)] };
  const unpriced = { ...parts, ownPrices: [] };
  expect(estimateOf(found, unpriced)).toMatchObject({ cost_usd: null, fits_day: false, fits_month: false });
  expect(estimateOf(found, { ...unpriced, left: { day: null, month: null } })).toMatchObject({ fits_day: true });
  expect(estimateOf(found, { ...unpriced, isFree: true })).toMatchObject({ cost_usd: 0, fits_day: true });
  expect(estimateOf(found, { ...parts, settings: defaultModelSettings })).toMatchObject({
    calls: 0,
    cost_usd: 0,
    model: null,
    sessions: 1,
  });
  expect(estimateOf(found, { ...parts, left: { day: 0.001, month: 20 } })).toMatchObject({
    fits_day: false,
    fits_month: true,
  });
});

test('counts what no model has summarised, of a project and since a time', () => {
  const memory = toldMemory();
  const sizes = (projectId: string | null = null, since: number | null = null) =>
    createUnsummarisedReader(memory.db).sizes({ projectId, since });
  memory.tell({ session: 'one', asked: 'Why is it locked?', answered: 'Two writers.' });
  memory.tell({ session: 'one', asked: 'And now?', answered: 'One writer.' });
  memory.tell({ session: 'two', cwd: '/b', asked: '登录接口偶尔返回 401', answered: '已修复。' });
  expect(sizes()).toMatchObject({ sessions: [{}, {}], turns: [{}, {}, {}], weeks: 2 });
  const [, chinese] = sizes().sessions;
  expect(chinese?.bytes).toBeGreaterThan((chinese?.characters ?? 0) * 2);
  expect(sizes(null, memory.now()).sessions).toHaveLength(1);
  expect(sizes('nowhere').sessions).toEqual([]);

  const summary = (subject: string, source: string) =>
    memory.writable
      .prepare(
        `INSERT INTO summaries (id, subject, scope, project_pk, version, is_current, source, input_hash, title, content, occurred_at, created_at)
         VALUES (?, ?, 'session', ?, 1, 1, ?, x'00', '', '{}', 0, 0)`,
      )
      .run(subject, subject, memory.project(), source);
  summary(`session:${memory.session('one')}`, 'extractive');
  expect(sizes().sessions).toHaveLength(2);
  summary(`session:${memory.session('two')}`, 'model');
  summary(`turn:${memory.session('one')}:one And now?`, 'model');
  expect(sizes()).toMatchObject({ sessions: [{}], turns: [{}, {}] });
  memory.close();
});
