import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useHeldFrom } from './use-held-from.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function pass(milliseconds: number): void {
  act(() => void vi.advanceTimersByTime(milliseconds));
}

function show(ids: readonly string[], marked: string) {
  const hook = renderHook(
    (props: { ids: readonly string[]; marked: string }) => useHeldFrom(props.ids, props.marked).heldFrom,
    {
      initialProps: { ids, marked },
    },
  );
  pass(600);
  return hook;
}

// Catches: an A after J that does nothing and says nothing.
test('a person who moves within the list is not held', () => {
  const { result, rerender } = show(['a', 'b', 'c'], 'a');
  rerender({ ids: ['a', 'b', 'c'], marked: 'b' });
  expect(result.current).toBe(Infinity);
});

// Catches: a key or click for the request before that decides the one that took its place.
test.each([
  ['the marked one left', ['b', 'c'], 'b', 0],
  ['the last one left and was marked', ['a', 'b'], 'b', 0],
])('%s', (_what, ids, marked, held) => {
  const { result, rerender } = show(['a', 'b', 'c'], ids.includes('a') ? 'c' : 'a');
  rerender({ ids, marked });
  expect(result.current).toBe(held);
  pass(599);
  expect(result.current).toBe(held);
  pass(1);
  expect(result.current).toBe(Infinity);
});

test('one that left holds what stands below it, and one that came at the end holds nothing', () => {
  const { result, rerender } = show(['a', 'b', 'c'], 'a');
  rerender({ ids: ['a', 'c'], marked: 'a' });
  expect(result.current).toBe(1);
  pass(600);
  rerender({ ids: ['a', 'c', 'd'], marked: 'a' });
  expect(result.current).toBe(Infinity);
});

// Catches: a move that lifts the guard, and so lets the key through that was meant for another.
test('a move while it holds does not end it, and another change lengthens it', () => {
  const { result, rerender } = show(['a', 'b', 'c', 'd'], 'a');
  rerender({ ids: ['b', 'c', 'd'], marked: 'b' });
  pass(400);
  rerender({ ids: ['b', 'c', 'd'], marked: 'c' });
  expect(result.current).toBe(0);
  rerender({ ids: ['b', 'c'], marked: 'c' });
  pass(400);
  expect(result.current).toBe(0);
  pass(200);
  expect(result.current).toBe(Infinity);
});

test('what has just come is held', () => {
  const { result } = renderHook(() => useHeldFrom(['a'], 'a').heldFrom);
  expect(result.current).toBe(0);
});
