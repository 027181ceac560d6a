import { z } from 'zod';
import { marks } from '../../../shared/context-views.ts';
import type { ProjectView, SessionDetail, SessionView } from '../../../shared/views.ts';
import { observationPageOutput } from './observation-outputs.ts';
import { promptPageOutput } from './record-outputs.ts';
import { summaryPageOutput } from './summary-outputs.ts';
import { isoTime, pageOf, projectRef, shapeOf } from './shape.ts';

export const projectOutput = shapeOf<ProjectView>()(
  'Project',
  projectRef.extend({
    root: z.string(),
    remote: z.string().nullable(),
    session_count: z.int(),
    observation_count: z.int(),
    last_event_at: isoTime,
  }),
);

export const sessionOutput = shapeOf<SessionView>()(
  'Session',
  z.object({
    id: z.string(),
    project: projectRef,
    agent: z.string(),
    title: z.string().nullable(),
    cwd: z.string(),
    branch: z.string().nullable(),
    model: z.string().nullable(),
    status: z.enum(['active', 'ended']),
    end_reason: z.string().nullable(),
    started_at: isoTime,
    last_event_at: isoTime,
    ended_at: isoTime.nullable(),
    prompt_count: z.int(),
    observation_count: z.int(),
    failure_count: z.int(),
    conclusion: z.string().nullable(),
    mark: z.enum(marks).nullable(),
  }),
);

export const sessionDetailOutput = shapeOf<SessionDetail>()(
  'SessionDetail',
  sessionOutput.extend({
    prompts: z.exactOptional(promptPageOutput),
    observations: z.exactOptional(observationPageOutput),
    summaries: z.exactOptional(summaryPageOutput),
  }),
);

export const sessionPageOutput = pageOf(sessionOutput);

export const projectsOutput = z.array(projectOutput);
