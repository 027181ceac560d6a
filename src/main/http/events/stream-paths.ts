import { signalTypes } from '../../../shared/signal-views.ts';
import { memoryEventTypes } from '../../../shared/views.ts';
import { otherPath, type OtherPath, pathParameter, queryParameter } from '../openapi/other-path.ts';
import { commonProblems } from '../openapi/problem-responses.ts';
import { permissionDone, permissionResponse, sessionHealth } from './session-routes.ts';

const tag = 'events';
const scope = 'read';
const answers = 'text/event-stream';
const problems = [...commonProblems, 503 as const];
const ofSession = [...problems, 404 as const];

const types = queryParameter(
  'types',
  { type: 'string' },
  `Names separated by commas: ${[...memoryEventTypes, ...signalTypes].join(', ')}.`,
);
const lastEventId = queryParameter('last_event_id', { type: 'integer', minimum: 0 }, 'As the header Last-Event-ID.');
const slow = queryParameter('slow', { type: 'string', enum: ['catch-up', 'gap'], default: 'catch-up' });
const project = queryParameter('project_id');
const session = queryParameter('session_id');
const log = [types, project, lastEventId, slow];
/** Of a stream of the whole log. */
export const logParameters = [...log, session];

/** Streams and what belongs to them, for the document; `/api/v1/stream/events` is there as an operation of the contract. */
export const streamPaths: readonly OtherPath[] = [
  otherPath('GET', '/events', {
    operationId: 'streams.shared',
    tag,
    summary: 'The log of events, and beside it what clients of mcp-memory-service listen to.',
    scope,
    answers,
    parameters: logParameters,
    problems,
  }),
  otherPath('GET', '/api/events', {
    operationId: 'streams.peers',
    tag,
    summary: 'The same as /events, where clients of mcp-memory-service look for it.',
    scope,
    answers,
    parameters: [...log, session],
    problems,
  }),
  otherPath('GET', '/api/v1/sse', {
    operationId: 'streams.tagged',
    tag,
    summary: 'What clients of AgentMem listen to, with the type in the data.',
    scope,
    answers,
    parameters: [queryParameter('types')],
    problems,
  }),
  otherPath('GET', '/api/v1/sse/llm', {
    operationId: 'streams.answers',
    tag,
    summary: 'Answers to questions as they grow.',
    scope,
    answers,
    parameters: [queryParameter('request_id')],
    problems,
  }),
  otherPath('GET', '/api/v1/sse/events/{session_id}', {
    operationId: 'streams.session',
    tag,
    summary: 'The log of one session.',
    scope,
    answers,
    parameters: [pathParameter('session_id'), ...log],
    problems: ofSession,
  }),
  otherPath('GET', '/api/v1/sse/health/{session_id}', {
    operationId: 'streams.sessionHealth',
    tag,
    summary: 'Whether a session is active, and which permissions it waits for.',
    scope,
    answers: 'application/json',
    schema: sessionHealth,
    parameters: [pathParameter('session_id')],
    problems: ofSession,
  }),
  otherPath('POST', '/api/v1/sse/permission-response/{session_id}', {
    operationId: 'streams.permissionResponse',
    tag: 'permissions',
    summary: 'Answers a permission that a session waits for.',
    scope: 'decide',
    answers: 'application/json',
    schema: permissionDone,
    parameters: [pathParameter('session_id')],
    body: permissionResponse,
    problems: [...ofSession, 409 as const],
  }),
  otherPath('GET', '/api/v1/ws', {
    operationId: 'streams.socket',
    tag,
    summary: 'A WebSocket with the log of events: subscribe, unsubscribe, ping.',
    scope,
    status: 101,
    parameters: [queryParameter('ticket')],
    problems,
  }),
];
