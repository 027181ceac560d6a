import { z } from 'zod';
import {
  type ApiKeyView,
  type AuditEntry,
  type CallerView,
  type MemberView,
  type NewApiKey,
  type OrganizationRef,
  type OrganizationView,
  type TokenPair,
  type UserView,
  auditOutcomes,
  callerKinds,
  keyStates,
  roles,
  scopes,
  userStates,
} from '../../../shared/access-views.ts';
import { isoTime, pageOf, shapeOf } from './shape.ts';

export const organizationRefOutput = shapeOf<OrganizationRef>()(
  'OrganizationRef',
  z.object({
    id: z.string(),
    name: z.string(),
  }),
);

export const callerOutput = shapeOf<CallerView>()(
  'Caller',
  z.object({
    kind: z.enum(callerKinds),
    id: z.string().nullable(),
    name: z.string(),
    email: z.string().nullable(),
    organization: organizationRefOutput,
    role: z.enum(roles).nullable(),
    scopes: z.array(z.enum(scopes)),
    expires_at: isoTime.nullable(),
  }),
);

export const userOutput = shapeOf<UserView>()(
  'User',
  z.object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    state: z.enum(userStates),
    locked_until: isoTime.nullable(),
    memberships: z.array(z.object({ organization: organizationRefOutput, role: z.enum(roles) })),
    last_login_at: isoTime.nullable(),
    created_at: isoTime,
    updated_at: isoTime,
  }),
);

export const organizationOutput = shapeOf<OrganizationView>()(
  'Organization',
  organizationRefOutput.extend({
    is_default: z.boolean(),
    member_count: z.int(),
    key_count: z.int(),
    created_at: isoTime,
    updated_at: isoTime,
  }),
);

export const memberOutput = shapeOf<MemberView>()(
  'Member',
  z.object({
    user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
    role: z.enum(roles),
    since: isoTime,
  }),
);

export const apiKeyOutput = shapeOf<ApiKeyView>()(
  'ApiKey',
  z.object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(z.enum(scopes)),
    organization: organizationRefOutput,
    state: z.enum(keyStates),
    requests_per_minute: z.int().nullable(),
    created_at: isoTime,
    created_by: z.string(),
    expires_at: isoTime.nullable(),
    last_used_at: isoTime.nullable(),
    revoked_at: isoTime.nullable(),
    replaced_by: z.string().nullable(),
  }),
);

export const newApiKeyOutput = shapeOf<NewApiKey>()(
  'NewApiKey',
  z.object({
    key: z.string(),
    api_key: apiKeyOutput,
  }),
);

export const tokenPairOutput = shapeOf<TokenPair>()(
  'TokenPair',
  z.object({
    token_type: z.literal('Bearer'),
    access_token: z.string(),
    expires_in: z.int(),
    refresh_token: z.string(),
    refresh_expires_in: z.int(),
    user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
    organization: organizationRefOutput,
    role: z.enum(roles),
  }),
);

export const auditEntryOutput = shapeOf<AuditEntry>()(
  'AuditEntry',
  z.object({
    id: z.string(),
    at: isoTime,
    actor: z.object({ kind: z.enum([...callerKinds, 'nobody']), id: z.string().nullable(), name: z.string() }),
    organization_id: z.string().nullable(),
    action: z.string(),
    target: z.string().nullable(),
    outcome: z.enum(auditOutcomes),
    code: z.string().nullable(),
    address: z.string().nullable(),
    request_id: z.string().nullable(),
    count: z.int(),
  }),
);

export const userPageOutput = pageOf(userOutput);

export const organizationPageOutput = pageOf(organizationOutput);

export const memberPageOutput = pageOf(memberOutput);

export const apiKeyPageOutput = pageOf(apiKeyOutput);

export const auditEntryPageOutput = pageOf(auditEntryOutput);
