import { z } from 'zod';
import type { HookActivity, HookInstallation, RecentError, StatusView } from '../../../shared/views.ts';
import { embeddingStatusOutput } from './embedding-outputs.ts';
import { isoTime, shapeOf } from './shape.ts';

export const hookActivityOutput = shapeOf<HookActivity>()(
  'HookActivity',
  z.object({
    name: z.string(),
    last_at: isoTime,
    count: z.int(),
  }),
);

export const hookInstallationOutput = shapeOf<HookInstallation>()(
  'HookInstallation',
  z.object({
    settings_file: z.string(),
    state: z.enum(['installed', 'partial', 'absent', 'outdated', 'unreadable']),
    events: z.array(z.string()),
    problems: z.array(z.string()),
  }),
);

export const recentErrorOutput = shapeOf<RecentError>()(
  'RecentError',
  z.object({
    at: isoTime,
    code: z.string(),
    message: z.string(),
    count: z.int(),
  }),
);

export const statusOutput = shapeOf<StatusView>()(
  'Status',
  z.object({
    version: z.string(),
    engine: z.enum(['desktop', 'headless']),
    started_by: z.enum(['person', 'agent']),
    pid: z.int(),
    started_at: isoTime,
    uptime_ms: z.number(),
    url: z.string(),
    port: z.int(),
    data_dir: z.string().nullable(),
    capture: z.object({ paused: z.boolean(), paused_since: isoTime.nullable() }),
    database: z.object({
      file: z.string(),
      size_bytes: z.int(),
      wal_bytes: z.int(),
      schema_version: z.int(),
      sqlite_version: z.string(),
      counts: z.object({
        events: z.int(),
        sessions: z.int(),
        prompts: z.int(),
        messages: z.int(),
        observations: z.int(),
        projects: z.int(),
      }),
    }),
    lock: z.object({ file: z.string(), pid: z.int(), since: isoTime }),
    hooks: z.array(hookActivityOutput),
    installation: hookInstallationOutput.nullable(),
    errors: z.array(recentErrorOutput),
    embedding: embeddingStatusOutput,
  }),
);
