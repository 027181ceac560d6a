import type { Context } from 'hono';
import type { AppRouter } from '../../api/router.ts';
import { assertMayCall } from '../../api/trpc.ts';
import { type Logger, toLogFormat } from '../../observe/logger.ts';
import type { App, AppVariables } from '../app.ts';
import { fail } from '../problem.ts';
import { callOperation } from './call-operation.ts';
import { answerTo, inOneSentence, internalError, retryAfterOf } from './error-answer.ts';
import { entityTag, knownTag } from './etag.ts';
import { type InputPlan, planInput } from './input-assembly.ts';
import { BodyError, jsonBody } from './json-body.ts';
import { locationOf } from './made-at.ts';
import { isConditional, refusalOfRead, writeIfAllowed } from './precondition.ts';
import { givesTheSame, type RestOperation } from './rest-operation.ts';
import { streamValues } from './rest-stream.ts';

export interface RestParts {
  router: AppRouter;
  log: Pick<Logger, 'error'>;
}

type RestContext = Context<{ Variables: AppVariables }>;

/** Where an operation answers, as Hono writes it. */
export function routeOf({ meta }: RestOperation): string {
  return routeOfPath(`/api/v1${meta.rest.path}`);
}

/** A path with parameters between braces, as Hono writes it. */
export function routeOfPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** A route for each operation; whoever calls has `api` set in Hono's context. */
export function addRestRoutes(app: App, operations: readonly RestOperation[], parts: RestParts): void {
  for (const operation of operations) {
    app.on(operation.meta.rest.method, routeOf(operation), restHandler(operation, parts));
  }
}

/** Known paths with other methods: 405 with what is allowed. `paths` name parameters between braces. */
export function addOtherMethods(app: App, paths: readonly { method: string; path: string }[]): void {
  for (const [path, methods] of methodsByRoute(paths)) {
    app.all(path, (c) => {
      c.header('Allow', methods.join(', '));
      if (c.req.method === 'OPTIONS') return c.body(null, 204);
      return fail(c, 405, 'METHOD_NOT_ALLOWED', `${c.req.path} takes ${methods.join(', ')}, not ${c.req.method}.`);
    });
  }
}

function methodsByRoute(paths: readonly { method: string; path: string }[]): Map<string, string[]> {
  const routes = new Map<string, string[]>();
  for (const { method, path } of paths) {
    const route = routeOfPath(path);
    routes.set(route, [...(routes.get(route) ?? []), method]);
  }
  return new Map([...routes].map(([route, known]) => [route, inOrder(new Set(known))]));
}

function inOrder(known: ReadonlySet<string>): string[] {
  const order = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
  return order.filter((method) => method === 'OPTIONS' || known.has(method === 'HEAD' ? 'GET' : method));
}

function restHandler(operation: RestOperation, parts: RestParts) {
  // Made at the first call: a start does not wait for a hundred schemas.
  let plan: InputPlan | null = null;
  return async (c: RestContext): Promise<Response> => {
    try {
      plan ??= planInput(operation);
      return await answer(c, operation, plan, parts);
    } catch (error) {
      return failed(c, operation, error, plan, parts.log);
    }
  };
}

async function answer(c: RestContext, operation: RestOperation, plan: InputPlan, { router, log }: RestParts) {
  const { rest } = operation.meta;
  assertMayCall(c.get('api'), operation.name, operation.meta);
  const query = new URL(c.req.url).searchParams;
  // It opened the stream and is no business of the operation.
  if (rest.stream) query.delete('ticket');
  const { input, details } = plan.assemble({ path: c.req.param(), query, body: await jsonBody(c) });
  if (details !== null) return fail(c, 400, 'INVALID_INPUT', inOneSentence(details), { details });
  const stop = new AbortController();
  const call = async () => {
    const result = await callOperation(c, router, operation, input, stop);
    return isAsyncIterable(result) ? streamValues(c, result, stop, log) : send(c, operation, result);
  };
  if (rest.method === 'GET') return call();
  // What would be refused anyway is told before what changed meanwhile (RFC 9110, 13.2.1).
  if (isConditional(c) && (await operation.input?.safeParseAsync(input))?.success === false) return call();
  return writeIfAllowed(c, operation, () => readSame(c, operation, query, router, stop), call);
}

/** What stands at the address of an operation that writes, with the rights of the caller. */
function readSame(
  c: RestContext,
  { reading }: RestOperation,
  query: URLSearchParams,
  router: AppRouter,
  stop: AbortController,
): Promise<unknown> {
  if (reading === null) throw new Error('Nothing reads this address.');
  const { input } = planInput(reading).assemble({ path: c.req.param(), query, body: undefined });
  return callOperation(c, router, reading, input, stop);
}

function send(c: RestContext, operation: RestOperation, result: unknown): Response {
  const { rest } = operation.meta;
  if (rest.status === 204 || result === undefined) return c.body(null, 204);
  c.header('Cache-Control', 'private, no-cache');
  if (operation.isTagged) {
    const tag = entityTag(result);
    const refusal = refusalOfRead(c, tag);
    if (refusal !== null) return refusal;
    const known = knownTag(c.req.header('if-none-match'), tag);
    c.header('ETag', known ?? tag);
    if (known !== null) return c.body(null, 304);
  } else if (givesTheSame(operation)) c.header('ETag', entityTag(result));
  const status = rest.isNew?.(result) === false ? 200 : (rest.status ?? 200);
  const location = status === 201 && operation.made !== null ? locationOf(operation.made, result) : null;
  if (location !== null) c.header('Location', location);
  const text = JSON.stringify(result);
  c.header('Content-Type', 'application/json');
  // The compressor decides by it.
  c.header('Content-Length', String(Buffer.byteLength(text)));
  return c.body(text, rest.probe && isDown(result) ? 503 : status);
}

function failed(
  c: RestContext,
  operation: RestOperation,
  error: unknown,
  plan: InputPlan | null,
  log: RestParts['log'],
): Response {
  if (error instanceof BodyError) return fail(c, error.status, error.code, error.message);
  const told = answerTo(error, plan?.sentName);
  const retryAfter = retryAfterOf(error);
  if (retryAfter !== null) c.header('Retry-After', String(retryAfter));
  if (told !== null) {
    return fail(c, told.status, told.code, told.message, told.details === undefined ? {} : { details: told.details });
  }
  const requestId = c.get('requestId');
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  log.error('A call failed.', { path: operation.name, request_id: requestId, reason: toLogFormat(cause) });
  return fail(c, internalError.status, internalError.code, internalError.message);
}

function isDown(result: unknown): boolean {
  return typeof result === 'object' && result !== null && Reflect.get(result, 'status') === 'down';
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
