import { z } from 'zod';
import {
  type JobCost,
  type JobFailure,
  type JobKindView,
  type JobView,
  type JobsOverview,
  type ScheduleView,
  failureClasses,
  jobKinds,
  jobStates,
} from '../../../shared/job-views.ts';
import { isoTime, pageOf, projectRef, shapeOf } from './shape.ts';

export const jobFailureOutput = shapeOf<JobFailure>()(
  'JobFailure',
  z.object({
    class: z.enum(failureClasses),
    message: z.string(),
    at: isoTime,
  }),
);

export const jobCostOutput = shapeOf<JobCost>()(
  'JobCost',
  z.object({
    input_tokens: z.number(),
    output_tokens: z.number(),
    cost_usd: z.number(),
  }),
);

export const jobOutput = shapeOf<JobView>()(
  'Job',
  z.object({
    id: z.string(),
    kind: z.enum(jobKinds),
    state: z.enum(jobStates),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    project: projectRef.nullable(),
    session_id: z.string().nullable(),
    session_title: z.string().nullable(),
    priority: z.number(),
    attempts: z.int(),
    most_attempts: z.int(),
    progress: z
      .object({
        done: z.int(),
        total: z.int(),
      })
      .nullable(),
    run_after: isoTime.nullable(),
    failure: jobFailureOutput.nullable(),
    cost: jobCostOutput.nullable(),
    result: z.string().nullable(),
    created_at: isoTime,
    started_at: isoTime.nullable(),
    ended_at: isoTime.nullable(),
  }),
);

export const jobKindOutput = shapeOf<JobKindView>()(
  'JobKind',
  z.object({
    kind: z.enum(jobKinds),
    paused: z.boolean(),
    concurrency: z.number(),
    waiting: z.int(),
    running: z.int(),
    parked: z.int(),
    done_today: z.int(),
  }),
);

export const scheduleOutput = shapeOf<ScheduleView>()(
  'Schedule',
  z.object({
    kind: z.enum(jobKinds),
    cron: z.string(),
    enabled: z.boolean(),
    next_at: isoTime.nullable(),
    last_at: isoTime.nullable(),
  }),
);

export const jobsOverviewOutput = shapeOf<JobsOverview>()(
  'JobsOverview',
  z.object({
    paused: z.boolean(),
    kinds: z.array(jobKindOutput),
    schedules: z.array(scheduleOutput),
  }),
);

export const jobPageOutput = pageOf(jobOutput);

export const jobsOutput = z.array(jobOutput);

export const jobCountOutput = z.object({ count: z.int() });
