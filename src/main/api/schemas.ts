import { z } from 'zod';
import { injectionKinds, marks } from '../../shared/context-views.ts';
import { embeddingKinds, keyVariable, sendableKey } from '../../shared/embedding-views.ts';
import { searchFusions, searchModes } from '../../shared/search-views.ts';
import { memoryEventTypes, observationTypes, sessionParts } from '../../shared/views.ts';
import { isoTime } from './time-schema.ts';

/** Longer queries are cut, not refused: whoever pastes a whole error log still gets an answer. */
const longestQuery = 10_000;

const cutText = z
  .string()
  .max(1_000_000, { error: 'The text is longer than a million characters; paste less of it.' })
  .transform((text) => text.slice(0, longestQuery));

const id = z.string().min(1).max(200);
const limit = z.number().int().min(1).max(200).default(50);
const cursor = z.string().max(500).optional();

export const sessionListInput = z.object({
  project_id: id.optional(),
  status: z.enum(['active', 'ended']).optional(),
  text: z.string().max(500).optional(),
  since: isoTime.optional(),
  until: isoTime.optional(),
  failed_only: z.boolean().optional(),
  cursor,
  limit,
});

export const timelineInput = z.object({ session_id: id, cursor, limit });

export const idInput = z.object({ id });

const span = z.number().int().min(0).max(100).default(10);
export const aroundInput = z.object({ id, before: span, after: span });

const searchFilters = z
  .object({
    project_id: id.optional(),
    session_id: id.optional(),
    types: z.array(z.enum(observationTypes)).max(20).optional(),
    tools: z.array(z.string().min(1).max(200)).max(50).optional(),
    file: z.string().max(1000).optional(),
    tags: z.array(z.string().min(1).max(200)).max(20).optional(),
    failed: z.boolean().optional(),
    pinned: z.boolean().optional(),
    since: isoTime.optional(),
    until: isoTime.optional(),
  })
  .default({});

export const sessionGetInput = idInput.extend({
  include: z.array(z.enum(sessionParts)).max(sessionParts.length).optional(),
});

export const searchInput = z.object({
  text: cutText.default(''),
  filters: searchFilters,
  mode: z.enum(searchModes).default('mixed'),
  fusion: z.enum(searchFusions).default('mass'),
  near_project_id: id.optional(),
  limit: z.number().int().min(1).max(100).default(20),
  cursor,
});

/** By meaning alone: how words and meaning are put together is no question then. */
export const semanticInput = searchInput.omit({ mode: true, fusion: true }).extend({
  text: cutText.refine((text) => text.trim() !== '', { error: 'Say what to look for.' }),
});

export const similarInput = z.object({
  id,
  filters: searchFilters,
  limit: z.number().int().min(1).max(100).default(10),
});

export const suggestInput = z.object({
  text: z.string().max(longestQuery),
  caret: z.number().int().min(0).optional(),
  limit: z.number().int().min(1).max(20).default(8),
});

export const rememberInput = z.object({ query: z.string().trim().min(1).max(500) });

export const captureInput = z.object({ paused: z.boolean() });

export const markInput = z.object({ id, mark: z.enum(marks).nullable() });

/** A prompt or a file says by itself of which kind it is; without either it is a session's start. */
export const previewInput = z
  .object({
    project_id: id,
    session_id: id.optional(),
    kind: z.enum(injectionKinds).optional(),
    prompt: cutText.optional(),
    file: z.string().max(1000).optional(),
  })
  .superRefine((input, { addIssue }) => {
    const fault = faultOfSubject(input);
    if (fault !== null) addIssue(fault);
  });

/** What would have to be left aside is refused. */
function faultOfSubject({
  kind,
  prompt,
  file,
}: {
  kind?: string | undefined;
  prompt?: string | undefined;
  file?: string | undefined;
}) {
  if (prompt !== undefined && file !== undefined) return 'Give a prompt or a file, not both.';
  for (const [name, subject] of Object.entries({ prompt, file })) {
    if (kind === name && subject === undefined) return `Kind ${name} needs a ${name}: give it too.`;
    if (kind !== undefined && kind !== name && subject !== undefined) {
      return `A ${name} goes with kind ${name} alone: leave out one of them.`;
    }
  }
  return null;
}

export const injectionListInput = z.object({
  session_id: id.optional(),
  project_id: id.optional(),
  cursor,
  limit,
});

export const contextScopeInput = z.object({ project_id: id.optional(), session_id: id.optional() });

export const contextChoiceInput = contextScopeInput.extend({
  choice: z.object({
    context: z.boolean().nullable().optional(),
    recall: z.boolean().nullable().optional(),
    file_history: z.boolean().nullable().optional(),
    budget_tokens: z.number().int().min(200).max(2_500).nullable().optional(),
  }),
});

const embeddingSettings = z
  .object({
    kind: z.enum(embeddingKinds),
    base_url: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .nullable()
      .default(null),
    model: z.string().trim().min(1).max(200).nullable().default(null),
    dimension: z.number().int().min(8).max(4096).nullable().default(null),
    key_source: z.enum(['none', 'environment', 'keychain']).default('none'),
    key_variable: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
        error: 'The name of an environment variable has letters, digits and _ only.',
      })
      .regex(keyVariable, {
        error: 'The name of the variable ends in _API_KEY or _TOKEN or begins with CLAUDE_MEM_; no other one is sent.',
      })
      .max(100)
      .nullable()
      .default(null),
    price_per_million_tokens: z.number().min(0).max(1_000).nullable().default(null),
  })
  .refine((settings) => settings.kind !== 'endpoint' || (settings.base_url !== null && settings.model !== null), {
    error: 'An endpoint needs its base URL and the name of a model.',
  })
  .refine((settings) => settings.key_source !== 'environment' || settings.key_variable !== null, {
    error: 'Say which environment variable holds the key.',
    path: ['key_variable'],
  });

export const embeddingSettingsInput = z.object({
  settings: embeddingSettings,
  key: z
    .string()
    .trim()
    .min(1)
    .max(2_000)
    .regex(sendableKey, { error: 'The key has characters that cannot be sent in a header; copy it again.' })
    .nullable()
    .optional(),
});

export const eventsInput = z.object({
  /** Set by tRPC when a subscription is taken up again. */
  lastEventId: z.coerce.number().int().min(0).nullish(),
  types: z.array(z.enum(memoryEventTypes)).optional(),
  project_id: id.optional(),
  session_id: id.optional(),
});
