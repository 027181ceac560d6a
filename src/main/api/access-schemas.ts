import { z } from 'zod';
import { auditOutcomes, keyStates, roles, scopes } from '../../shared/access-views.ts';
import { isoTime } from './time-schema.ts';

const id = z.string().min(1).max(200);
const limit = z.number().int().min(1).max(200).default(50);
const cursor = z.string().max(500).optional();
const email = z.email({ error: 'That is no e-mail address: write it as in ada@example.com.' }).max(254);
const name = z.string().trim().min(1, { error: 'Give it a name.' }).max(200);
const password = z
  .string()
  .min(12, { error: 'A password has at least 12 characters.' })
  .max(1_024, { error: 'A password has at most 1,024 characters.' });
const requestsPerMinute = z.number().int().min(1).max(1_000_000).nullable().optional();
/** Of a key that is not there yet; one that is may be given an end in the past, which ends it. */
const laterTime = isoTime.refine((time) => Date.parse(time) > Date.now(), { error: 'A key ends in the future.' });
const keyScopes = z.array(z.enum(scopes)).min(1, { error: 'A key needs at least one scope.' }).max(scopes.length);

export const pageInput = z.object({ cursor, limit });

export const loginInput = z.object({
  email: z.string().min(1).max(254),
  password: z.string().min(1).max(1_024),
  organization_id: id.optional(),
});
export const logoutInput = z.object({ refresh_token: z.string().min(1).max(500) });
export const refreshInput = logoutInput.extend({ organization_id: id.optional() });
export const passwordInput = z.object({ current: z.string().min(1).max(1_024), next: password });

export const userListInput = pageInput.extend({ text: z.string().max(200).optional() });
export const userCreateInput = z.object({
  email,
  name,
  password,
  role: z.enum(roles).default('user'),
  organization_id: id.optional(),
});
export const userUpdateInput = z.object({
  id,
  change: z.object({
    name: name.optional(),
    email: email.optional(),
    password: password.optional(),
    disabled: z.boolean().optional(),
    role: z.enum(roles).optional(),
  }),
});

export const organizationCreateInput = z.object({ name });
export const organizationUpdateInput = z.object({ id, change: z.object({ name }) });
export const memberListInput = pageInput.extend({ id });
export const memberSetInput = z.object({ id, user_id: id, role: z.enum(roles) });
export const memberRemoveInput = z.object({ id, user_id: id });

export const keyListInput = pageInput.extend({ state: z.enum(keyStates).optional() });
export const keyCreateInput = z.object({
  name,
  scopes: keyScopes,
  requests_per_minute: requestsPerMinute,
  expires_at: laterTime.nullable().optional(),
  organization_id: id.optional(),
});
export const keyUpdateInput = z.object({
  id,
  change: z.object({
    name: name.optional(),
    scopes: keyScopes.optional(),
    requests_per_minute: requestsPerMinute,
    expires_at: isoTime.nullable().optional(),
  }),
});
export const keyRotateInput = z.object({ id, grace_seconds: z.number().int().min(0).max(604_800).default(0) });

export const auditListInput = pageInput.extend({
  action: z.string().max(200).optional(),
  actor_id: id.optional(),
  outcome: z.enum(auditOutcomes).optional(),
  since: isoTime.optional(),
  until: isoTime.optional(),
});
