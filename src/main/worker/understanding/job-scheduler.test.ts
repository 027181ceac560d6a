import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ScheduleRow } from '../../store/tables/job-settings.ts';
import type { WriterClient } from '../writer-client.ts';
import { createScheduler } from './job-scheduler.ts';

const noon = new Date(2026, 10, 21, 12).getTime();
const day = 24 * 60 * 60 * 1000;
beforeEach(() => vi.useFakeTimers({ now: noon }));
afterEach(() => vi.useRealTimers());

const row = (kind: string, more: Partial<ScheduleRow> = {}): ScheduleRow => ({
  kind,
  cron: null,
  enabled: null,
  counted_from: noon,
  last_at: null,
  ...more,
});

function started(rows: ScheduleRow[], fails = 0) {
  const queued: string[] = [];
  const faults: unknown[] = [];
  let failures = fails;
  const call = (_name: string, { kind, now }: { kind: string; now: number }) => {
    if (failures-- > 0) return Promise.reject(new Error('The disk is full.'));
    queued.push(`${kind} ${new Date(now).getDate()}`);
    return Promise.resolve();
  };
  const writer = { call } as unknown as Pick<WriterClient, 'call'>;
  const scheduler = createScheduler({ writer, onQueued: () => {}, onFault: (error) => void faults.push(error) });
  scheduler.load(rows);
  return { queued, faults, scheduler };
}
const everyKind = ['backup', 'cleanup', 'decay', 'consolidate', 'summarise'];

// Catches a backup for each night that the machine slept, none at all, and one before the worker has found its feet.
test('runs that were missed are made up for once, a minute after the start', async () => {
  const { queued, scheduler } = started(everyKind.map((kind) => row(kind, { counted_from: noon - 9 * day })));
  await vi.advanceTimersByTimeAsync(59_000);
  expect(queued).toEqual([]);
  await vi.advanceTimersByTimeAsync(day / 24);
  expect(queued).toEqual(everyKind.map((kind) => `${kind} 21`));
  await vi.advanceTimersByTimeAsync(day);
  expect(queued.slice(5).toSorted()).toEqual(['backup 22', 'cleanup 22', 'consolidate 22', 'decay 22']);
  scheduler.close();
});

// Catches a memory without backups for a year, because its clock was a year ahead for a minute.
test('a run of a clock that was ahead does not count', async () => {
  const ahead = { counted_from: noon + 365 * day, last_at: noon + 365 * day };
  const { queued, scheduler } = started([row('backup', ahead), row('cleanup', { enabled: false })]);
  await vi.advanceTimersByTimeAsync(day);
  expect(queued).toContain('backup 22');
  scheduler.close();
});

// Catches a first start that does everything at once, and a switch that does not switch.
test('a new memory has missed nothing, and what is switched off never runs', async () => {
  const { queued, scheduler } = started([row('backup', { enabled: false }), row('cleanup', { cron: '0 13 * * *' })]);
  await vi.advanceTimersByTimeAsync(2 * 60 * 60 * 1000);
  expect(queued).toEqual(['cleanup 21']);
  await vi.advanceTimersByTimeAsync(day);
  expect(queued).not.toContain('backup 22');
  expect(scheduler.views(Date.now()).find(({ kind }) => kind === 'backup')?.next_at).toBeNull();
  scheduler.close();
});

test('one that could not be queued is due until it is', async () => {
  const { queued, faults, scheduler } = started([row('backup', { counted_from: noon - day })], 2);
  await vi.advanceTimersByTimeAsync(3 * 60 * 1000);
  expect([queued, faults.length]).toEqual([['backup 21'], 2]);
  scheduler.close();
  await vi.advanceTimersByTimeAsync(3 * day);
  expect(queued).toEqual(['backup 21']);
});
