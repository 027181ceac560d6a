import { expect, test } from 'vitest';
import type { JobState, JobView } from '../../../shared/job-views.ts';
import { jobRows } from './job-rows.ts';

function job(state: JobState, index: number): JobView {
  return {
    id: `${index}`,
    kind: 'graph',
    state,
    details: {},
    project: null,
    session_id: null,
    session_title: null,
    priority: 0,
    attempts: 0,
    most_attempts: 5,
    progress: null,
    run_after: null,
    failure: null,
    cost: null,
    result: null,
    created_at: '',
    started_at: null,
    ended_at: null,
  };
}

const drawn = (...states: JobState[]): string =>
  jobRows(states.map(job))
    .map((row) => (row.kind === 'group' ? `[${row.group}]` : row.job.state))
    .join(' ');

// Catches: a heading before every second job where parked ones lie among the ended, and a group without one.
test('each group has one heading', () => {
  expect(drawn()).toBe('');
  expect(drawn('running', 'waiting', 'waiting', 'done', 'parked', 'cancelled', 'parked', 'done')).toBe(
    '[running] running [waiting] waiting waiting [ended] done parked cancelled parked done',
  );
  expect(drawn('parked', 'parked', 'done')).toBe('[parked] parked parked [ended] done');
});

// Catches: the keyboard on another job than the one that is marked.
test('jobs keep their place among the jobs', () => {
  const places = jobRows(['running', 'waiting', 'done'].map((state, index) => job(state as JobState, index))).flatMap(
    (row) => (row.kind === 'job' ? [row.index] : []),
  );
  expect(places).toEqual([0, 1, 2]);
});
