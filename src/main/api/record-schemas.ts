import { z } from 'zod';
import { agentStates } from '../../shared/agent-views.ts';
import { marks } from '../../shared/context-views.ts';
import { permissionEffects, permissionStates } from '../../shared/permission-views.ts';
import { statsBuckets } from '../../shared/stats-views.ts';
import { toolKinds } from '../../shared/tool-views.ts';
import { observationTypes } from '../../shared/views.ts';
import { metadata } from './metadata-schema.ts';
import { newTags } from './tags-schema.ts';
import { isoTime } from './time-schema.ts';

const id = z.string().min(1).max(200);
const limit = z.number().int().min(1).max(200).default(50);
const cursor = z.string().max(500).optional();
const shortText = z.string().trim().min(1).max(500);
const lines = z.array(z.string().trim().min(1).max(2_000)).max(100);
const path = z.string().trim().min(1).max(4_000);
/** One that starts anywhere but at a root would be looked for below the folder that the worker happens to run in. */
const folder = path.regex(/^(?:[/\\]|[A-Za-z]:[/\\])/, {
  error: 'Send the whole path of the folder, as /home/ada/shop or C:\\src\\shop.',
});

/** The clock of another machine may be this much ahead. */
const clockSkewMs = 10 * 60 * 1000;
/** What is said to have been in the future would stand above all that is done until then. */
const pastTime = isoTime.refine((time) => Date.parse(time) <= Date.now() + clockSkewMs, {
  error: 'That is in the future: give the time at which it was.',
});

export const sessionCreateInput = z.object({
  id: z
    .string()
    .regex(/^[\w.:-]{1,200}$/, { error: 'The id of a session has letters, digits and . _ : - only.' })
    .optional(),
  agent: z.string().trim().min(1).max(100),
  cwd: folder,
  title: shortText.optional(),
  model: z.string().trim().min(1).max(200).optional(),
  started_at: pastTime.optional(),
});
export const sessionUpdateInput = z.object({
  id,
  change: z
    .object({
      title: shortText.optional(),
      status: z.enum(['active', 'ended']).optional(),
      end_reason: z.string().trim().min(1).max(100).optional(),
    })
    .refine(({ status, end_reason: reason }) => status !== 'active' || reason === undefined, {
      error: 'A session that goes on has not ended for a reason.',
      path: ['end_reason'],
    }),
});
export const promptListInput = z.object({ session_id: id.optional(), cursor, limit });
export const deletionListInput = z.object({
  kind: z.enum(['session', 'observation']).optional(),
  project_id: id.optional(),
  cursor,
  limit,
});
export const messageListInput = promptListInput.extend({ agent: z.string().min(1).max(100).optional() });

export const observationListInput = z.object({
  project_id: id.optional(),
  session_id: id.optional(),
  agent: z.string().min(1).max(100).optional(),
  types: z.array(z.enum(observationTypes)).max(20).optional(),
  tool: z.string().min(1).max(200).optional(),
  failed: z.boolean().optional(),
  mark: z.enum(marks).optional(),
  since: isoTime.optional(),
  until: isoTime.optional(),
  cursor,
  limit,
});
const observationFields = z.object({
  type: z.enum(observationTypes),
  title: shortText,
  subtitle: shortText.optional(),
  facts: lines.default([]),
  narrative: z.string().trim().max(50_000).optional(),
  concepts: newTags.default([]),
  importance: z.number().min(0).max(1).default(0.5),
});
export const observationCreateInput = observationFields.extend({
  session_id: id,
  tool: z.string().trim().min(1).max(200).optional(),
  files_read: z.array(path).max(200).default([]),
  files_changed: z.array(path).max(200).default([]),
  failed: z.boolean().default(false),
  occurred_at: pastTime.optional(),
});
export const observationUpdateInput = z.object({
  id,
  change: z.object({
    type: z.enum(observationTypes).optional(),
    title: shortText.optional(),
    subtitle: shortText.optional(),
    facts: lines.optional(),
    narrative: z.string().trim().max(50_000).optional(),
    concepts: newTags.optional(),
    importance: z.number().min(0).max(1).optional(),
  }),
});

const agentName = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, { error: 'The name of an agent has small letters, digits and . _ - only.' });
export const agentListInput = z.object({
  text: z.string().max(200).optional(),
  state: z.enum(agentStates).optional(),
  cursor,
  limit,
});
export const agentCreateInput = z.object({
  name: agentName,
  description: z.string().trim().max(2_000).nullable().optional(),
  metadata: metadata.default({}),
});
export const agentUpdateInput = z.object({
  id,
  change: z.object({
    description: z.string().trim().max(2_000).nullable().optional(),
    metadata: metadata.optional(),
  }),
});
export const agentStateInput = z.object({ id, state: z.enum(agentStates) });
export const agentMessagesInput = z.object({ id, cursor, limit });

const toolName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,63}$/, { error: 'The name of a tool has small letters, digits and _ only.' });
const jsonSchema = z.record(z.string(), z.unknown()).refine((schema) => schema['type'] === 'object', {
  error: 'The arguments of a tool are an object: {"type":"object", …}.',
});
const toolFields = z.object({
  title: shortText,
  description: z.string().trim().min(1).max(2_000),
  input_schema: jsonSchema.default({ type: 'object', properties: {} }),
  source: z.string().min(1).max(200_000),
});
export const toolListInput = z.object({ kind: z.enum(toolKinds).optional() });
export const toolNameInput = z.object({ name: z.string().min(1).max(64) });
export const toolCreateInput = toolFields.extend({ name: toolName });
export const toolUpdateInput = z.object({
  name: z.string().min(1).max(64),
  change: z.object({
    title: shortText.optional(),
    description: z.string().trim().min(1).max(2_000).optional(),
    input_schema: jsonSchema.optional(),
    source: z.string().min(1).max(200_000).optional(),
    enabled: z.boolean().optional(),
  }),
});
export const toolExecuteInput = z.object({
  name: z.string().min(1).max(64),
  arguments: z.record(z.string(), z.unknown()).default({}),
});
export const toolSettingsInput = z.object({
  scripts_enabled: z.boolean(),
  timeout_seconds: z.number().int().min(1).max(300),
  memory_mb: z.number().int().min(16).max(1_024),
});

export const permissionListInput = z.object({
  states: z.array(z.enum(permissionStates)).optional(),
  session_id: id.optional(),
  project_id: id.optional(),
  cursor,
  limit,
});
const ruleTool = z.string().trim().min(1).max(200);
const rulePattern = z.string().trim().min(1).max(1_000).nullable();
const ruleMessage = z.string().trim().min(1).max(500).nullable();
export const permissionDecideInput = z.object({
  id,
  behavior: z.enum(['allow', 'deny']),
  message: z.string().trim().min(1).max(500).optional(),
  remember: z.object({ pattern: rulePattern.optional(), everywhere: z.boolean().default(false) }).optional(),
});
export const ruleListInput = z.object({ project_id: id.optional() });
export const ruleCreateInput = z.object({
  effect: z.enum(permissionEffects),
  tool: ruleTool,
  pattern: rulePattern.optional(),
  project_id: id.nullable().optional(),
  message: ruleMessage.optional(),
  enabled: z.boolean().default(true),
});
export const ruleUpdateInput = z.object({
  id,
  change: z.object({
    effect: z.enum(permissionEffects).optional(),
    tool: ruleTool.optional(),
    pattern: rulePattern.optional(),
    project_id: id.nullable().optional(),
    message: ruleMessage.optional(),
    enabled: z.boolean().optional(),
  }),
});
export const permissionSettingsInput = z.object({
  enabled: z.boolean(),
  wait_seconds: z.number().int().min(1).max(600),
  notify: z.boolean(),
});

const period = { project_id: id.optional(), since: isoTime.optional(), until: isoTime.optional() };
export const statsInput = z.object({ project_id: id.optional() });
export const growthInput = z.object({ ...period, bucket: z.enum(statsBuckets).default('day') });
export const activityInput = z.object(period);

export const settingKeyInput = z.object({ key: z.string().min(1).max(200) });
export const settingInput = settingKeyInput.extend({
  value: z.union([
    z.string().max(10_000),
    z.number(),
    z.boolean(),
    z.array(z.string().max(1_000)).max(1_000),
    z.null(),
  ]),
});
export const maintainInput = z.object({
  tasks: z
    .array(z.enum(['integrity', 'optimize', 'checkpoint', 'vacuum', 'reindex']))
    .min(1)
    .max(5),
});
