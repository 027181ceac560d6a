import { z } from 'zod';
import {
  type BackupView,
  type DependencyView,
  type HandOverView,
  type HealthView,
  type MaintenanceReport,
  dependencyStates,
} from '../../../shared/health-views.ts';
import { isoTime, shapeOf } from './shape.ts';

export const dependencyOutput = shapeOf<DependencyView>()(
  'Dependency',
  z.object({
    name: z.string(),
    state: z.enum(dependencyStates),
    problem: z.string().nullable(),
    took_ms: z.number().nullable(),
  }),
);

export const healthOutput = shapeOf<HealthView>()(
  'Health',
  z.object({
    status: z.enum(['ok', 'degraded', 'down']),
    version: z.string(),
    uptime_ms: z.number(),
    dependencies: z.array(dependencyOutput),
  }),
);

export const maintenanceReportOutput = shapeOf<MaintenanceReport>()(
  'MaintenanceReport',
  z.object({
    task: z.string(),
    ok: z.boolean(),
    findings: z.array(z.string()),
    took_ms: z.number(),
  }),
);

export const backupOutput = shapeOf<BackupView>()(
  'Backup',
  z.object({
    file: z.string(),
    size_bytes: z.int(),
    created_at: isoTime,
  }),
);

export const handOverOutput = shapeOf<HandOverView>()('HandOver', z.object({ pid: z.int() }));

export const backupsOutput = z.array(backupOutput);

export const maintenanceReportsOutput = z.array(maintenanceReportOutput);
