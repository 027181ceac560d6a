import { z } from 'zod';
import { memoryTypes, type MemoryView } from '../../../shared/note-views.ts';
import { type Metadata, metadata } from '../../api/metadata-schema.ts';
import { newTags } from '../../api/tags-schema.ts';

/** The shapes of mcp-memory-service's REST API, which its clients know; times are seconds since 1970 besides ISO 8601. */

/** They keep tags as words between commas, so `a,b` is two of them. */
const tagList = z
  .array(z.string().max(1_000))
  .transform((given) => given.flatMap((tags) => tags.split(',').flatMap((tag) => tag.trim() || [])))
  .pipe(newTags);

export const peerMemory = z
  .object({
    content: z.string(),
    content_hash: z.string(),
    tags: z.array(z.string()),
    memory_type: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    created_at: z.number(),
    created_at_iso: z.string(),
    updated_at: z.number(),
    updated_at_iso: z.string(),
  })
  .meta({ id: 'PeerMemory' });
export type PeerMemory = z.infer<typeof peerMemory>;

export const peerCreate = z.object({
  content: z.string().trim().min(1).max(20_000),
  tags: tagList.default([]),
  memory_type: z.string().trim().min(1).max(100).nullable().optional(),
  metadata: metadata.default({}),
  client_hostname: z.string().trim().min(1).max(200).nullable().optional(),
  conversation_id: z.string().trim().min(1).max(200).nullable().optional(),
});
export const peerUpdate = z.object({
  tags: tagList.optional(),
  memory_type: z.string().trim().min(1).max(100).optional(),
  metadata: metadata.optional(),
});
export const peerList = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000_000).default(1),
  page_size: z.coerce.number().int().min(1).max(100).default(10),
  tag: z.string().min(1).max(1_000).optional(),
  memory_type: z.string().min(1).max(100).optional(),
  tag_match: z.enum(['any', 'all']).default('any'),
});
const results = z.number().int().min(1).max(100).default(10);
export const peerSearch = z.object({
  query: z.string().trim().min(1).max(10_000),
  n_results: results,
  similarity_threshold: z.number().min(0).max(1).nullable().optional(),
});
export const peerByTag = z.object({
  tags: z.array(z.string().trim().min(1).max(100)).min(1).max(50),
  match_all: z.boolean().default(false),
  time_filter: z.string().max(200).nullable().optional(),
});
export const peerSimilar = z.object({ n_results: z.coerce.number().int().min(1).max(100).default(10) });
export const peerByTime = z.object({
  query: z.string().trim().min(1).max(200),
  n_results: results,
  semantic_query: z.string().trim().min(1).max(10_000).nullable().optional(),
});

export const peerStored = z
  .object({
    success: z.boolean(),
    message: z.string(),
    content_hash: z.string().nullable(),
    memory: peerMemory.nullable(),
  })
  .meta({ id: 'PeerStored' });
export const peerDeleted = z.object({ success: z.boolean(), message: z.string(), content_hash: z.string() });
export const peerPage = z.object({
  memories: z.array(peerMemory),
  total: z.int(),
  page: z.int(),
  page_size: z.int(),
  has_more: z.boolean(),
});
export const peerFound = z
  .object({
    results: z.array(
      z.object({
        memory: peerMemory,
        similarity_score: z.number().nullable(),
        relevance_reason: z.string().nullable(),
      }),
    ),
    total_found: z.int(),
    query: z.string(),
    search_type: z.string(),
    processing_time_ms: z.number(),
  })
  .meta({ id: 'PeerFound' });
export type PeerFound = z.infer<typeof peerFound>;
export const peerTags = z.object({ tags: z.array(z.object({ tag: z.string(), count: z.int() })) });
export const peerTypes = z.object({ types: z.array(z.object({ memory_type: z.string(), count: z.int() })) });
export const peerHealth = z.object({
  status: z.string(),
  version: z.string(),
  timestamp: z.string(),
  uptime_seconds: z.number(),
});

/** Their types are free; ours are four. What is none of ours is kept beside the text and given back as it came. */
export const typeKey = 'memory_type';

function isOwnType(type: string): type is MemoryView['type'] {
  return memoryTypes.some((known) => known === type);
}

/** What such a client sends, as the contract takes it; `agent` is a tag that says who it is. */
export function toRemember(sent: z.infer<typeof peerCreate>, agent: string | null) {
  const { content, memory_type: type, client_hostname: host, conversation_id: conversation } = sent;
  const ownType = type !== undefined && type !== null && isOwnType(type) ? type : undefined;
  const known: Metadata = {
    ...(type && !isOwnType(type) ? { [typeKey]: type } : {}),
    ...(host ? { hostname: host } : {}),
    ...(conversation ? { conversation_id: conversation } : {}),
  };
  const tags = [...sent.tags, ...(host ? [`source:${host}`] : []), ...(agent === null ? [] : [agent])];
  return { text: content, type: ownType, tags, metadata: { ...sent.metadata, ...known } };
}

/** Theirs adds to the metadata that is there, and takes the tags for all of them. */
export function toChange({ tags, metadata, memory_type: type }: z.infer<typeof peerUpdate>) {
  return { tags, add_metadata: { ...metadata, ...(type === undefined ? {} : { [typeKey]: type }) } };
}

export function toPeerMemory(memory: MemoryView): PeerMemory {
  const { [typeKey]: type, ...rest } = memory.metadata;
  return {
    content: memory.text,
    content_hash: memory.id,
    tags: memory.tags,
    memory_type: typeof type === 'string' ? type : memory.type,
    metadata: rest,
    created_at: Date.parse(memory.created_at) / 1_000,
    created_at_iso: memory.created_at,
    updated_at: Date.parse(memory.updated_at) / 1_000,
    updated_at_iso: memory.updated_at,
  };
}
