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

test('a stream whose key was revoked, or may not read any more, is cut within half a minute, and no other one', () => {
  const now = new Map<string, Caller | null>([['k1', key]]);
  const streams = createOpenStreams({
    current: (caller) => (caller.id === null ? caller : (now.get(caller.id) ?? null)),
  });
  const [own, others] = [stream(ownerCaller), stream(key)];
  streams.add(own);
  streams.add(others);
  vi.advanceTimersByTime(beatMs);
  now.set('k1', { ...key, scopes: new Set(['write']) });
  vi.advanceTimersByTime(beatMs);
  expect([own.beats, others.beats, own.reasons, others.reasons]).toEqual([2, 1, [], ['access']]);
  now.set('k1', null);
  vi.advanceTimersByTime(beatMs);
  expect(others.reasons).toEqual(['access', 'access']);
  streams.close();
  expect(own.reasons).toEqual(['shutdown']);
});

test('one caller cannot take the room of all, and there is an end to all of it', () => {
  const streams = createOpenStreams({ current: (caller) => caller });
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
  const streams = createOpenStreams({ current: (caller) => caller });
  const stalled = stream(ownerCaller, () => true);
  streams.add(stalled);
  vi.advanceTimersByTime(beatMs);
  expect([stalled.beats, stalled.reasons]).toEqual([0, ['stalled']]);
  streams.close();
});

// Catches: an organisation that can tell from its heartbeats when another one is at work.
test('an organisation is told of its own streams only', () => {
  const streams = createOpenStreams({ current: (caller) => caller });
  const leave = streams.add(stream({ ...key, organizationId: 'theirs' }));
  streams.add(stream(key));
  expect([streams.openOf(key.organizationId), streams.openOf('theirs'), streams.openOf('nobody')]).toEqual([1, 1, 0]);
  leave();
  expect([streams.openOf(key.organizationId), streams.openOf('theirs')]).toEqual([1, 0]);
  streams.close();
});
