import { jobKinds, type JobKind } from '../../shared/job-views.ts';

export interface KindSetting {
  paused: boolean;
  concurrency: number;
}

/** What holds for the queue: a person's choices over what ships. */
export interface JobSettings {
  /** Everything stands still. */
  paused: boolean;
  kinds: Record<JobKind, KindSetting>;
}

export interface ScheduleDefault {
  kind: JobKind;
  cron: string;
}

/** At night, one after the other; all of them are local and cheap. */
export const defaultSchedules: readonly ScheduleDefault[] = [
  { kind: 'backup', cron: '30 3 * * *' },
  { kind: 'cleanup', cron: '0 4 * * *' },
  { kind: 'decay', cron: '15 4 * * *' },
  { kind: 'consolidate', cron: '0 5 * * 0' },
  { kind: 'summarise', cron: '0 6 * * 1' },
];

/** Summaries may wait for a model, so two of them run at a time; all others have the intake thread in common. */
const defaultConcurrency: Partial<Record<JobKind, number>> = { summarise: 2 };

/** Fills up what a person has not chosen. */
export function jobSettings(
  paused: boolean,
  chosen: readonly { kind: string; paused: boolean | null; concurrency: number | null }[],
): JobSettings {
  const settingOf = (kind: JobKind): KindSetting => {
    const own = chosen.find((row) => row.kind === kind);
    return { paused: own?.paused ?? false, concurrency: own?.concurrency ?? defaultConcurrency[kind] ?? 1 };
  };
  return {
    paused,
    kinds: {
      summarise: settingOf('summarise'),
      learn: settingOf('learn'),
      embed: settingOf('embed'),
      graph: settingOf('graph'),
      decay: settingOf('decay'),
      consolidate: settingOf('consolidate'),
      backup: settingOf('backup'),
      cleanup: settingOf('cleanup'),
      export: settingOf('export'),
    },
  };
}

/** How many jobs may run at the same time, over all kinds; a person who allows more of one kind gets them. */
export function mostAtOnce({ kinds }: JobSettings): number {
  return Math.max(3, ...jobKinds.map((kind) => kinds[kind].concurrency));
}
