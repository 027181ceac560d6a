import type { z } from 'zod';
import { otherPath, pathParameter, queryParameter, type OtherPath } from '../openapi/other-path.ts';
import { commonProblems } from '../openapi/problem-responses.ts';
import {
  peerByTag,
  peerByTime,
  peerCreate,
  peerDeleted,
  peerFound,
  peerHealth,
  peerMemory,
  peerPage,
  peerSearch,
  peerStored,
  peerTags,
  peerTypes,
  peerUpdate,
} from './peer-shapes.ts';

const tag = 'peers';
const answers = 'application/json';

const search = (path: string, operationId: string, summary: string, body: z.ZodType) =>
  otherPath('POST', path, { operationId, tag, summary, scope: 'read', answers, schema: peerFound, body });

const agentHeader = {
  name: 'X-Agent-ID',
  in: 'header' as const,
  required: false,
  description: 'Who it is: the memory gets the tag agent:….',
  schema: { type: 'string' as const, maxLength: 94 },
};

const one = { tag, answers, parameters: [pathParameter('id')], problems: [...commonProblems, 404 as const] };

/** What clients of mcp-memory-service call. */
export const peerPaths: readonly OtherPath[] = [
  otherPath('GET', '/api/health', {
    operationId: 'peers.health',
    tag,
    summary: 'Whether it answers.',
    scope: 'public',
    answers,
    schema: peerHealth,
  }),
  otherPath('GET', '/api/memories', {
    operationId: 'peers.list',
    tag,
    summary: 'Memories in numbered pages, the last changed first.',
    scope: 'read',
    answers,
    schema: peerPage,
    parameters: [
      queryParameter('page', { type: 'integer', minimum: 1, maximum: 1_000_000_000, default: 1 }),
      queryParameter('page_size', { type: 'integer', minimum: 1, maximum: 100, default: 10 }),
      queryParameter('tag'),
      queryParameter('memory_type'),
      queryParameter('tag_match', { type: 'string', enum: ['any', 'all'], default: 'any' }),
    ],
  }),
  otherPath('POST', '/api/memories', {
    operationId: 'peers.store',
    tag,
    summary: 'Remembers a text; its `content_hash` is the id of the memory.',
    scope: 'write',
    answers,
    schema: peerStored,
    body: peerCreate,
    parameters: [agentHeader],
  }),
  otherPath('GET', '/api/memories/{id}', {
    ...one,
    operationId: 'peers.get',
    summary: 'One memory.',
    scope: 'read',
    schema: peerMemory,
  }),
  otherPath('PUT', '/api/memories/{id}', {
    ...one,
    operationId: 'peers.update',
    summary: 'Changes tags, type and metadata of a memory.',
    scope: 'write',
    schema: peerStored,
    body: peerUpdate,
  }),
  otherPath('DELETE', '/api/memories/{id}', {
    ...one,
    operationId: 'peers.delete',
    summary: 'Forgets a memory.',
    scope: 'write',
    schema: peerDeleted,
  }),
  otherPath('GET', '/api/tags', {
    operationId: 'peers.tags',
    tag,
    summary: 'Tags with how many memories have them.',
    scope: 'read',
    answers,
    schema: peerTags,
  }),
  otherPath('GET', '/api/types', {
    operationId: 'peers.types',
    tag,
    summary: 'Types with how many memories have them.',
    scope: 'read',
    answers,
    schema: peerTypes,
  }),
  otherPath('GET', '/api/search/similar/{id}', {
    ...one,
    operationId: 'peers.similar',
    summary: 'Memories that say something like it.',
    scope: 'read',
    schema: peerFound,
    parameters: [
      pathParameter('id'),
      queryParameter('n_results', { type: 'integer', minimum: 1, maximum: 100, default: 10 }),
    ],
  }),
  search('/api/search', 'peers.search', 'Searches memories by words and meaning.', peerSearch),
  search('/api/search/by-tag', 'peers.searchByTag', 'Memories with any of these tags, or with all.', peerByTag),
  search(
    '/api/search/by-time',
    'peers.searchByTime',
    'Memories that were made then: "last week", "last summer", "first half of 2025".',
    peerByTime,
  ),
];
