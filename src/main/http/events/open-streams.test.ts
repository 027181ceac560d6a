import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ownerCaller } from '../../access/access.ts';
import type { Caller } from '../../access/caller.ts';
import { beatMs, createOpenStreams, type EndReason, type OpenStream } from './open-streams.ts';

const key: Caller = { ...ownerCaller, kind: 'key', id: 'k1', name: 'editor', scopes: new Set(['read']) };

function stream(caller: Caller, isStalled = () => false): OpenStream & { beats: number; reasons: EndReason[] } {
  const made = {
    kind: 'sse' as const,
    caller,
    scope: 'read' as const,
    isStalled,
    beats: 0,
    reasons: [] as EndReason[],
  };
  return Object.assign(made, {
    beat: () => void made.beats++,
    end: (reason: EndReason) => void made.reasons.push(reason),
  });
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Keys and logins as a commit leaves them; `change` tells of it. */
function doors(now: Map<string, Caller | null> = new Map()) {
  const listeners = new Set<() => void>();
  return {
    current: (caller: Caller) => (caller.id !== null && now.has(caller.id) ? (now.get(caller.id) ?? null) : caller),
    directory: {
      onChange(listener: () => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    change(id: string, to: Caller | null): void {
      now.set(id, to);
      for (const listener of listeners) listener();
    },
    listeners,
  };
}

// Catches: whoever was turned out, and goes on to hear until somebody looks again.
test('a stream whose key was revoked, or may not read any more, is cut with the commit, and no other one', () => {
  const access = doors();
  const streams = createOpenStreams(access);
  const made = ['k1', 'k2', 'k3'].map((id) => stream({ ...key, id }));
  const [revoked, narrowed, kept] = made;
  for (const one of made) streams.add(one);
  access.change('k1', null);
  access.change('k2', { ...key, id: 'k2', scopes: new Set(['write']) });
  access.change('k3', { ...key, id: 'k3', name: 'renamed' });
  expect([revoked?.reasons, narrowed?.reasons, kept?.reasons]).toEqual([['access'], ['scope'], []]);
  vi.advanceTimersByTime(beatMs);
  expect([revoked?.reasons, kept?.beats], 'who does not leave is put out').toEqual([['access', 'stalled'], 1]);
  expect(streams.counters().cut).toBe(2);
  streams.close();
  expect(kept?.reasons).toEqual(['shutdown']);
  expect(access.listeners.size).toBe(0);
});

// Catches: a stream that was let in by a key which was revoked while its memory was opened, or whose token has run out.
test('what was lost on the way in ends at once, what time takes at that moment', async () => {
  const user: Caller = { ...key, kind: 'user', id: 'u1', expiresAt: Date.now() + beatMs / 3 };
  const gone = new Map<string, Caller | null>([['k1', null]]);
  const streams = createOpenStreams({
    ...doors(),
    current: (caller) => (gone.has(caller.id ?? '') || (caller.expiresAt ?? Infinity) <= Date.now() ? null : caller),
  });
  const [late, login] = [stream(key), stream(user)];
  streams.add(late);
  streams.add(login);
  await Promise.resolve();
  expect([late.reasons, login.reasons]).toEqual([['access'], []]);
  vi.advanceTimersByTime(beatMs / 3 - 1);
  expect(login.reasons).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(login.reasons).toEqual(['expired']);
  streams.close();
});

// Catches: streams that go on until somebody looks again, or end by the time that a key once had; and a time beyond what a timer takes.
test('streams end with the time that their keys have now, the first one first', async () => {
  const times = new Map([
    ['k1', Date.now() + 3_000],
    ['k2', Date.now() + 1_000],
    ['k3', Date.now() + 400 * 86_400_000],
  ]);
  const access = doors();
  const current = (caller: Caller) => {
    const expiresAt = times.get(caller.id ?? '') ?? null;
    return expiresAt !== null && expiresAt <= Date.now() ? null : { ...caller, expiresAt };
  };
  const streams = createOpenStreams({ ...access, current }, 3_600_000);
  const made = ['k1', 'k2', 'k3'].map((id) => stream({ ...key, id, expiresAt: times.get(id) ?? null }));
  for (const one of made) streams.add(one);
  await Promise.resolve();
  const ended = () => made.map(({ reasons }) => reasons.length);
  vi.advanceTimersByTime(999);
  expect(ended()).toEqual([0, 0, 0]);
  vi.advanceTimersByTime(1);
  expect(ended()).toEqual([0, 1, 0]);
  times.set('k1', Date.now() + 60_000);
  access.change('k1', null);
  vi.advanceTimersByTime(59_999);
  expect(ended()).toEqual([0, 1, 0]);
  vi.advanceTimersByTime(1);
  expect(made.map(({ reasons }) => reasons[0])).toEqual(['access', 'access', undefined]);
  streams.close();
});

test('one caller cannot take the room of all, and there is an end to all of it', () => {
  const streams = createOpenStreams(doors());
  const leave = Array.from({ length: 200 }, () => streams.add(stream(key)));
  expect(streams.refusal(key)).toMatchObject({ status: 429, code: 'TOO_MANY_STREAMS' });
  expect(streams.refusal({ ...key, id: 'k2' })).toBeNull();
  leave[0]?.();
  leave[0]?.();
  expect(streams.refusal(key)).toBeNull();
  for (let n = 199; n < 2_000; n++) streams.add(stream(ownerCaller));
  expect(streams.refusal(ownerCaller)).toMatchObject({ status: 503 });
  expect(streams.counters()).toMatchObject({ sse: 2_000, websocket: 0, refused: 2 });
  streams.close();
  expect(streams.refusal(ownerCaller)).toMatchObject({ status: 503, code: 'SHUTTING_DOWN' });
});

test('a stream that nobody reads any more is cut', () => {
  const streams = createOpenStreams(doors());
  const stalled = stream(ownerCaller, () => true);
  streams.add(stalled);
  vi.advanceTimersByTime(beatMs);
  expect([stalled.beats, stalled.reasons]).toEqual([0, ['stalled']]);
  streams.close();
});

// Catches: an organisation that can tell from its heartbeats when another one is at work.
test('an organisation is told of its own streams only', () => {
  const streams = createOpenStreams(doors());
  const leave = streams.add(stream({ ...key, organizationId: 'theirs' }));
  streams.add(stream(key));
  expect([streams.openOf(key.organizationId), streams.openOf('theirs'), streams.openOf('nobody')]).toEqual([1, 1, 0]);
  leave();
  expect([streams.openOf(key.organizationId), streams.openOf('theirs')]).toEqual([1, 0]);
  streams.close();
});
