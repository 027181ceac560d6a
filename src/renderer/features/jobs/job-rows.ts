import type { JobView } from '../../../shared/job-views.ts';

export type JobGroup = 'running' | 'waiting' | 'parked' | 'ended';

export type JobRow = { kind: 'group'; group: JobGroup; key: string } | { kind: 'job'; job: JobView; index: number };

function groupOf({ state }: JobView): JobGroup {
  return state === 'done' || state === 'cancelled' ? 'ended' : state;
}

/** The list with a heading before each group; parked jobs that stand among the ended ones need no heading of their own. */
export function jobRows(jobs: readonly JobView[]): JobRow[] {
  const rows: JobRow[] = [];
  let last: JobGroup | null = null;
  for (const [index, job] of jobs.entries()) {
    const group = groupOf(job);
    if (group !== last && !(last === 'ended' && group === 'parked')) {
      rows.push({ kind: 'group', group, key: `${group} ${rows.length}` });
      last = group;
    }
    rows.push({ kind: 'job', job, index });
  }
  return rows;
}
