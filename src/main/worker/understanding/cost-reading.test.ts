import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ModelPurpose } from '../../../shared/model-views.ts';
import { createModelCallWriter } from '../../store/tables/model-calls.ts';
import { createEmbeddingUsageWriter } from '../../store/tables/embedding-usage.ts';
import { CursorError } from '../../store/paging.ts';
import { temporaryStore, type TemporaryStore } from '../../store/testing/temporary-store.ts';
import { createCostReading } from './cost-reading.ts';

interface Told {
  at: string;
  usd: number;
  model?: string;
  purpose?: ModelPurpose;
  projectPk?: number | null;
  saved?: number;
}

let store: TemporaryStore;
let count = 0;

beforeEach(() => {
  store = temporaryStore();
  store.writable.exec(`
    INSERT INTO projects VALUES (1, 'shop', 'Shop', '/shop', NULL, 0, 0), (2, 'blog', 'Blog', '/blog', NULL, 0, 0)`);
});
afterEach(() => {
  store.close();
  vi.unstubAllEnvs();
});

function told({ at, usd, model = 'big', purpose = 'summarise', projectPk = 1, saved = 0 }: Told): string {
  const calls = createModelCallWriter(store.writable);
  const id = `call ${++count}`;
  const time = Date.parse(at);
  const requestHash = new Uint8Array(32);
  const call = {
    id,
    purpose,
    jobId: null,
    projectPk,
    provider: 'openai',
    model,
    requestHash,
    mostMicros: 9e6,
    at: time,
  };
  calls.insert(call);
  const tokens = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 2, cacheWriteTokens: 1 };
  calls.answer({ id, ...tokens, costMicros: usd * 1e6, savedMicros: saved * 1e6, at: time + 1_500 }, '{}');
  return id;
}

function overview(now: string, range: { since?: string; until?: string; projectId?: string } = {}) {
  const time = (iso: string | undefined) => (iso === undefined ? null : Date.parse(iso));
  return createCostReading(store.readable).costOverview({
    range: { since: time(range.since), until: time(range.until), projectId: range.projectId ?? null },
    now: Date.parse(now),
  });
}

const costs = (rows: readonly { key: string; cost_usd: number }[]) => rows.map(({ key, cost_usd }) => [key, cost_usd]);

describe('days and months on the clock on the wall', () => {
  // Catches: spending of the evening counted on the next day, because days are cut in UTC.
  test.each([
    ['America/New_York', '2026-11-20T23:30:00-05:00', '2026-11-21T00:30:00-05:00', '2026-11-20', '2026-11-21'],
    ['Asia/Shanghai', '2026-11-30T23:59:59+08:00', '2026-12-01T00:00:00+08:00', '2026-11-30', '2026-12-01'],
    ['Asia/Kathmandu', '2026-11-30T23:50:00+05:45', '2026-12-01T00:10:00+05:45', '2026-11-30', '2026-12-01'],
    // The clocks go back: this day has 25 hours.
    ['America/New_York', '2026-11-01T23:30:00-05:00', '2026-11-02T00:15:00-05:00', '2026-11-01', '2026-11-02'],
    ['Pacific/Kiritimati', '2026-12-31T23:59:00+14:00', '2027-01-01T00:01:00+14:00', '2026-12-31', '2027-01-01'],
  ])('%s', (zone, evening, morning, firstDay, secondDay) => {
    vi.stubEnv('TZ', zone);
    told({ at: evening, usd: 1 });
    told({ at: morning, usd: 2 });
    const before = overview(evening);
    const after = overview(morning);
    // What is later than now does not exist yet, so only the second look sees one day alone.
    expect(after.today.cost_usd).toBe(2);
    expect(costs(after.groups.day)).toEqual([
      [secondDay, 2],
      [firstDay, 1],
    ]);
    expect(before.total.cost_usd).toBe(3);
    expect(after.month.cost_usd).toBe(firstDay.slice(0, 7) === secondDay.slice(0, 7) ? 3 : 2);
  });
});

test('groups add up to the total, the dearest first, with names and what the cache saved', () => {
  told({ at: '2026-11-20T10:00:00Z', usd: 0.5, saved: 0.25 });
  told({ at: '2026-11-20T11:00:00Z', usd: 0.25, model: 'small', purpose: 'graph', projectPk: 2 });
  told({ at: '2026-11-19T11:00:00Z', usd: 2, model: 'small', purpose: 'ask', projectPk: null });
  const { groups, total } = overview('2026-11-20T12:00:00Z');
  expect(costs(groups.model)).toEqual([
    ['small', 2.25],
    ['big', 0.5],
  ]);
  expect(groups.project.map(({ key, label, calls }) => [key, label, calls])).toEqual([
    ['', '', 1],
    ['shop', 'Shop', 1],
    ['blog', 'Blog', 1],
  ]);
  expect(costs(groups.purpose)).toEqual([
    ['ask', 2],
    ['summarise', 0.5],
    ['graph', 0.25],
  ]);
  expect(total).toEqual({
    calls: 3,
    input_tokens: 30,
    output_tokens: 15,
    cache_read_tokens: 6,
    cache_write_tokens: 3,
    cost_usd: 2.75,
    saved_usd: 0.25,
  });
  for (const rows of Object.values(groups)) expect(rows.reduce((sum, row) => sum + row.cost_usd, 0)).toBe(2.75);
});

test('a range and a project narrow the total and the groups, never today and the month', () => {
  told({ at: '2026-11-18T10:00:00Z', usd: 1 });
  told({ at: '2026-11-20T10:00:00Z', usd: 2, projectPk: 2 });
  const range = { since: '2026-11-18T00:00:00Z', until: '2026-11-19T00:00:00Z' };
  expect(overview('2026-11-20T12:00:00Z', range)).toMatchObject({
    total: { cost_usd: 1 },
    today: { cost_usd: 2 },
    month: { cost_usd: 3 },
  });
  expect(costs(overview('2026-11-20T12:00:00Z', { projectId: 'blog' }).groups.model)).toEqual([['big', 2]]);
  expect(overview('2026-11-20T12:00:00Z', { projectId: 'nowhere' }).total.calls).toBe(0);
});

test('embeddings are money too: a row of their own, of no project', () => {
  told({ at: '2026-11-20T10:00:00Z', usd: 1 });
  const usage = createEmbeddingUsageWriter(store.writable);
  usage.add({ modelId: 'embedder', requests: 3, tokens: 500, costMicros: 250_000 }, Date.parse('2026-11-20T10:00:00Z'));
  usage.add({ modelId: 'embedder', requests: 1, tokens: 100, costMicros: 50_000 }, Date.parse('2026-10-01T10:00:00Z'));
  const all = overview('2026-11-20T12:00:00Z');
  expect(all.today).toMatchObject({ cost_usd: 1.25, calls: 4 });
  expect(all.month.cost_usd).toBe(1.25);
  expect(all.total.cost_usd).toBe(1.3);
  expect(costs(all.groups.purpose)).toEqual([
    ['summarise', 1],
    ['embed', 0.3],
  ]);
  expect(costs(all.groups.day)).toEqual([
    ['2026-11-20', 1.25],
    ['2026-10-01', 0.05],
  ]);
  expect(overview('2026-11-20T12:00:00Z', { projectId: 'shop' }).total.cost_usd).toBe(1);
  expect(createCostReading(store.readable).moneyLeft(Date.parse('2026-11-20T12:00:00Z'))).toEqual({
    day: 0,
    month: 18.75,
  });
});

test('the list of calls goes back in time, a page after the other, and says what became of each', () => {
  const reading = createCostReading(store.readable);
  for (let at = 0; at < 5; at++) told({ at: `2026-11-20T10:0${at}:00Z`, usd: at });
  // Two at the same moment: neither is lost between pages.
  told({ at: '2026-11-20T10:02:00Z', usd: 9 });
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const page = reading.modelCalls({ limit: 2, cursor });
    expect(page.pagination).toMatchObject({ total: 6, total_pages: 3 });
    seen.push(...page.data.map(({ spend }) => spend.cost_usd));
    cursor = page.pagination.next_cursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual([4, 3, 9, 2, 1, 0]);
  expect(reading.modelCalls({ limit: 1 }).data).toMatchObject([
    { state: 'answered', took_ms: 1_500, project: { id: 'shop', name: 'Shop' }, failure: null, job_id: null },
  ]);
  expect(reading.modelCalls({ limit: 1, job_id: 'none' }).data).toEqual([]);
  expect(() => reading.modelCalls({ limit: 1, cursor: 'x' })).toThrow(CursorError);
});
