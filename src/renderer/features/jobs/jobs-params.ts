import { jobKinds, type JobKind, type JobState } from '../../../shared/job-views.ts';

export const jobsTabs = ['queue', 'kinds', 'upkeep'] as const;
export type JobsTab = (typeof jobsTabs)[number];

export const jobShows = ['all', 'open', 'parked', 'ended'] as const;
export type JobShow = (typeof jobShows)[number];

/** Which states each choice of the list stands for; `all` asks for none. */
export const shownStates: Record<Exclude<JobShow, 'all'>, JobState[]> = {
  open: ['running', 'waiting'],
  parked: ['parked'],
  ended: ['done', 'cancelled'],
};

/** What the jobs page shows, as it stands in the address. */
export interface JobsParams {
  tab?: Exclude<JobsTab, 'queue'>;
  show?: Exclude<JobShow, 'all'>;
  kind?: JobKind;
  /** The job that is open. */
  job?: string;
}

export type LooseJobsParams = { [Key in keyof JobsParams]: JobsParams[Key] | undefined };

/** Puts a part over the rest and leaves out what is undefined. */
export function withJobsParams(params: JobsParams, part: Partial<LooseJobsParams>): JobsParams {
  const { tab, show, kind, job } = { ...params, ...part };
  return { ...(tab && { tab }), ...(show && { show }), ...(kind && { kind }), ...(job && { job }) };
}

/** Reads the address; what it does not know is left out. */
export function parseJobsParams(raw: Record<string, unknown>): JobsParams {
  const tab = jobsTabs.find((known) => known === raw['tab']);
  const show = jobShows.find((known) => known === raw['show']);
  return withJobsParams(
    {},
    {
      tab: tab === 'queue' ? undefined : tab,
      show: show === 'all' ? undefined : show,
      kind: jobKinds.find((known) => known === raw['kind']),
      job: typeof raw['job'] === 'string' && raw['job'] !== '' ? raw['job'] : undefined,
    },
  );
}
