import { expect, test } from 'vitest';
import { createSignals } from './signals.ts';

const found = { search_type: 'lexical', results_count: 1, processing_time_ms: 2, message: 'Found.' };

test('a source works only while somebody listens to what it tells', () => {
  const signals = createSignals(() => 0);
  const turns: string[] = [];
  signals.source(['health_update', 'message'], () => {
    turns.push('on');
    return () => void turns.push('off');
  });
  const stops = [signals.listen(['message'], () => {}), signals.listen(['health_update', 'stream_chunk'], () => {})];
  expect(turns).toEqual(['on']);
  for (const stop of stops) stop();
  expect(turns).toEqual(['on', 'off']);
  signals.listen(['search_completed'], () => {});
  expect(turns).toHaveLength(2);
});

test('a listener hears what it asked for, once, until it stops', () => {
  const signals = createSignals(() => 0);
  const heard: unknown[] = [];
  signals.tell('search_completed', found);
  const stop = signals.listen(['search_completed', 'message'], (signal) => heard.push(signal));
  signals.tell('search_completed', found);
  signals.tell('memory_update', { memory_id: 'm', agent_id: 'a', operation: 'created' });
  stop();
  signals.tell('search_completed', found);
  expect(heard).toEqual([{ type: 'search_completed', timestamp: '1970-01-01T00:00:00.000Z', data: found }]);
  expect(signals.isHeard('search_completed')).toBe(false);
});

test('whoever still listens is told that the memory closes', () => {
  const signals = createSignals();
  const ended: string[] = [];
  signals.listen(
    ['message'],
    () => {},
    () => void ended.push('one'),
  );
  const stop = signals.listen(
    [],
    () => {},
    () => void ended.push('other'),
  );
  stop();
  signals.close();
  expect(ended).toEqual(['one']);
});
