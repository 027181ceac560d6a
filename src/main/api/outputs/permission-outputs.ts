import { z } from 'zod';
import {
  type PermissionRequestView,
  type PermissionRuleView,
  type PermissionSettings,
  permissionEffects,
  permissionStates,
} from '../../../shared/permission-views.ts';
import { isoTime, pageOf, projectRef, shapeOf } from './shape.ts';

export const permissionRequestOutput = shapeOf<PermissionRequestView>()(
  'PermissionRequest',
  z.object({
    id: z.string(),
    session_id: z.string(),
    session_title: z.string().nullable(),
    project: projectRef,
    cwd: z.string(),
    agent_type: z.string().nullable(),
    tool: z.string(),
    summary: z.string(),
    input: z.unknown(),
    allowable: z.boolean(),
    pattern: z.string().nullable(),
    permission_mode: z.string().nullable(),
    state: z.enum(permissionStates),
    decided_by: z.enum(['person', 'rule']).nullable(),
    rule_id: z.string().nullable(),
    message: z.string().nullable(),
    created_at: isoTime,
    expires_at: isoTime,
    decided_at: isoTime.nullable(),
  }),
);

export const permissionRuleOutput = shapeOf<PermissionRuleView>()(
  'PermissionRule',
  z.object({
    id: z.string(),
    effect: z.enum(permissionEffects),
    tool: z.string(),
    pattern: z.string().nullable(),
    project: projectRef.nullable(),
    message: z.string().nullable(),
    enabled: z.boolean(),
    use_count: z.int(),
    last_used_at: isoTime.nullable(),
    created_at: isoTime,
    updated_at: isoTime,
  }),
);

export const permissionSettingsOutput = shapeOf<PermissionSettings>()(
  'PermissionSettings',
  z.object({
    enabled: z.boolean(),
    wait_seconds: z.int(),
    notify: z.boolean(),
  }),
);

export const permissionRequestPageOutput = pageOf(permissionRequestOutput);

export const permissionRulesOutput = z.array(permissionRuleOutput);
