import { streamPaths } from '../events/stream-paths.ts';
import { mcpPaths } from '../mcp/mcp-paths.ts';
import { peerPaths } from '../peers/peer-paths.ts';
import { otherPath, type OtherPath, queryParameter } from './other-path.ts';
import { commonProblems } from './problem-responses.ts';

const health = {
  type: 'object',
  required: ['status', 'version', 'pid', 'uptime_ms'],
  properties: {
    status: { const: 'ok' },
    version: { type: 'string' },
    pid: { type: 'integer' },
    uptime_ms: { type: 'integer' },
    proof: { type: 'string' },
  },
};

/** Doors that are written by hand. Each of the contract's own operations makes its entry by itself. */
export const otherPaths: readonly OtherPath[] = [
  otherPath('GET', '/api/v1/health', {
    operationId: 'worker.health',
    tag: 'health',
    summary: 'Which process answers; with a challenge, proof that it knows the owner token.',
    scope: 'public',
    answers: 'application/json',
    schema: health,
    parameters: [queryParameter('challenge')],
  }),
  otherPath('GET', '/api/v1/metrics', {
    operationId: 'worker.metrics',
    tag: 'health',
    summary: 'Counters and times in the text format of Prometheus.',
    scope: 'read',
    answers: 'text/plain',
  }),
  otherPath('GET', '/api/v1/openapi.json', {
    operationId: 'worker.document',
    tag: 'health',
    summary: 'This document.',
    scope: 'public',
    answers: 'application/json',
    schema: { type: 'object' },
  }),
  otherPath('POST', '/api/v1/viewer/links', {
    operationId: 'viewer.link',
    tag: 'auth',
    summary: 'An address that opens the web viewer once, within ten minutes.',
    scope: 'owner',
    status: 201,
    answers: 'application/json',
    schema: { type: 'object', required: ['url'], properties: { url: { type: 'string' } } },
  }),
  otherPath('POST', '/api/v1/viewer/redeem', {
    operationId: 'viewer.redeem',
    tag: 'auth',
    summary: 'The token of a viewer for the ticket of such an address.',
    scope: 'public',
    answers: 'application/json',
    schema: {
      type: 'object',
      required: ['token', 'expires_at'],
      properties: { token: { type: 'string' }, expires_at: { type: 'string', format: 'date-time' } },
    },
    body: { type: 'object', required: ['ticket'], properties: { ticket: { type: 'string', maxLength: 200 } } },
    // Of a link that was used or is too old.
    problems: commonProblems,
  }),
  otherPath('POST', '/hooks/claude-code', {
    operationId: 'hooks.claudeCode',
    tag: 'hooks',
    summary:
      "Takes an event of Claude Code's hooks; 204 once it is durable, 200 with what the event's contract allows.",
    scope: 'capture',
    answers: 'application/json',
    schema: { type: 'object' },
    also: { '204': 'It is kept, and there is nothing to tell.' },
    body: { type: 'object', required: ['hook_event_name'], properties: { hook_event_name: { type: 'string' } } },
  }),
  ...mcpPaths,
  ...streamPaths,
  ...peerPaths,
];
