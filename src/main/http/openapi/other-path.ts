import type { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { bodyProblems, commonProblems, problemsOf, problemsOfNoBody, type ProblemStatus } from './problem-responses.ts';
import { security } from './operation-entry.ts';

export interface OtherPath {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** `public`, `any` token, `owner`, or what is asked for by the name of a scope. */
  scope: string;
  entry: ZodOpenApiOperationObject;
}

interface Written {
  operationId: string;
  tag: string;
  summary: string;
  scope: string;
  status?: number;
  /** The type of the answer's body; none for an empty one. */
  answers?: string;
  schema?: object | z.ZodType;
  parameters?: NonNullable<ZodOpenApiOperationObject['parameters']>;
  body?: object | z.ZodType;
  problems?: readonly ProblemStatus[];
  /** Answers without a body beside the usual one: status → what it says. */
  also?: Readonly<Record<string, string>>;
}

/** An entry by hand, for a door that is no operation of the contract. */
export function otherPath(method: OtherPath['method'], path: string, written: Written): OtherPath {
  const {
    operationId,
    tag,
    summary,
    scope,
    status = 200,
    answers,
    schema = { type: 'string' },
    parameters = [],
  } = written;
  const common = commonProblems.filter((problem) => scope !== 'public' || problem !== 401);
  const ofBody = written.body === undefined ? problemsOfNoBody(method) : bodyProblems;
  const problems = [...(written.problems ?? common), ...ofBody];
  return {
    method,
    path,
    scope,
    entry: {
      operationId,
      tags: [tag],
      summary,
      'x-scope': scope,
      security: scope === 'public' ? [] : security,
      parameters,
      ...(written.body === undefined
        ? {}
        : { requestBody: { required: true, content: { 'application/json': { schema: written.body } } } }),
      responses: {
        [String(status)]: {
          description: status === 204 ? 'Done.' : 'What was asked for.',
          ...(answers === undefined ? {} : { content: { [answers]: { schema } } }),
        },
        ...Object.fromEntries(Object.entries(written.also ?? {}).map(([code, description]) => [code, { description }])),
        ...problemsOf(problems),
      },
    },
  };
}

export const pathParameter = (name: string) => ({
  name,
  in: 'path' as const,
  required: true,
  schema: { type: 'string' as const },
});
export const queryParameter = (name: string, schema: object = { type: 'string' }, description = '') => ({
  name,
  in: 'query' as const,
  required: false,
  schema,
  ...(description === '' ? {} : { description }),
});
