import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { itemOf } from '../../api/outputs/shape.ts';
import { type InputPlan, planInput } from '../rest/input-assembly.ts';
import { givesTheSame, type RestOperation } from '../rest/rest-operation.ts';
import { bodyOf, parametersOf } from './input-entry.ts';
import { bodyProblems, commonProblems, problemsOf, problemsOfNoBody, type ProblemStatus } from './problem-responses.ts';

/** Either opens everything that is not public. */
export const security = [{ bearer: [] }, { apiKey: [] }];

/** An operation of the contract as the document has it; null while its output is not written down. */
export function operationEntry(operation: RestOperation): ZodOpenApiOperationObject | null {
  const { name, meta, output } = operation;
  if (output === null) return null;
  const plan = planInput(operation);
  const body = bodyOf(operation, plan);
  return {
    operationId: name,
    tags: [meta.tag],
    summary: meta.summary,
    'x-scope': meta.scope,
    security: meta.scope === 'public' ? [] : security,
    parameters: [...parametersOf(operation, plan), ...conditionsOf(operation)],
    ...(body === null ? {} : { requestBody: body }),
    responses: { ...success(operation, output), ...problemsOf(problemsFor(operation, plan)) },
  };
}

/** Headers that make an answer depend on what the caller knows already. */
function conditionsOf({ isTagged, reading }: RestOperation): (typeof ifMatch)[] {
  return [...(isTagged ? [ifNoneMatch] : []), ...(reading === null ? [] : [ifMatch])];
}

const ifMatch = {
  name: 'If-Match',
  in: 'header' as const,
  required: false,
  description: 'The ETag that GET of this address gave, or *: done only while it still holds, else 412.',
  schema: { type: 'string' as const },
};
const ifNoneMatch = {
  ...ifMatch,
  name: 'If-None-Match',
  description: 'The ETag of what is known: 304 while it holds.',
};

function success(operation: RestOperation, output: z.ZodType): ZodOpenApiResponsesObject {
  const {
    isTagged,
    made,
    meta: { rest },
  } = operation;
  const item = itemOf(output);
  if (item !== null) {
    return {
      '200': {
        description: 'Server-sent events; the data of each is JSON.',
        content: { 'text/event-stream': { schema: item } },
      },
    };
  }
  if (rest.status === 204 || output instanceof z.ZodVoid) return { '204': { description: 'Done.' } };
  const content = {
    'application/json': { schema: output },
    ...(rest.alsoStream ? { 'text/event-stream': { schema: output } } : {}),
  };
  const hasTag = isTagged || givesTheSame(operation);
  const text = { schema: { type: 'string' as const } };
  const headers = {
    ...(hasTag ? { ETag: { description: 'For If-None-Match and If-Match.', ...text } } : {}),
    ...(made === null ? {} : { Location: { description: 'The address of what was made.', ...text } }),
  };
  return {
    [String(rest.status ?? 200)]: {
      description: 'What was asked for.',
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      content,
    },
    ...(rest.isNew === undefined ? {} : { '200': { description: 'It was there before.', content } }),
    ...(isTagged ? { '304': { description: 'As If-None-Match has it.' } } : {}),
    ...(rest.probe ? { '503': { description: 'It is down.', content } } : {}),
  };
}

function problemsFor({ type, meta, pathParameters }: RestOperation, { takesBody }: InputPlan): ProblemStatus[] {
  const common = commonProblems.filter((status) => meta.scope !== 'public' || status !== 401);
  return [
    ...common,
    // A wrong password is told as a missing token.
    ...(meta.tag === 'auth' && meta.scope === 'public' ? [401 as const] : []),
    ...(pathParameters.length > 0 || type === 'mutation' || meta.rest.mayMiss ? [404 as const] : []),
    ...(type === 'mutation' ? [409 as const, 412 as const] : []),
    ...(takesBody ? bodyProblems : problemsOfNoBody(meta.rest.method)),
  ];
}
