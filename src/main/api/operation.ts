import type { Scope } from '../../shared/access-views.ts';

/** The headings of the API's document. */
export const operationTags = [
  'sessions',
  'prompts',
  'messages',
  'observations',
  'summaries',
  'learnings',
  'memories',
  'search',
  'context',
  'ask',
  'graph',
  'projects',
  'agents',
  'tools',
  'permissions',
  'jobs',
  'costs',
  'models',
  'events',
  'stats',
  'users',
  'organizations',
  'keys',
  'auth',
  'audit',
  'configuration',
  'admin',
  'health',
] as const;
export type OperationTag = (typeof operationTags)[number];

export interface RestRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1, with `{name}` for fields of the input. */
  path: `/${string}`;
  /** 200 unless said otherwise; 204 answers without a body. */
  status?: 200 | 201 | 202 | 204;
  /** Of a 201 that may find what it was to make: whether the answer was made now; 200 says that it was there. */
  isNew?: (answer: unknown) => boolean;
  /**
   * Of a 201, the path that reads what was made and where the answer has its id, names joined by dots. Needed where it is
   * not this path with one parameter more, filled from the field of that name.
   */
  made?: { path: `/${string}`; id: string };
  /** The field of the input that the body stands for, when it is not the input itself. */
  body?: string;
  /** Query parameter → where it goes in the input: `{ q: 'text', project_id: 'filters.project_id' }`. Others keep their name. */
  query?: Readonly<Record<string, string>>;
  /** What a query parameter was called before → its name today. Taken still, and deprecated in the document. */
  formerly?: Readonly<Record<string, string>>;
  /** Set for subscriptions: answered as server-sent events. */
  stream?: true;
  /** Of a reading: 404 for what its query names and is not there. */
  mayMiss?: true;
  /** Answered as events as well, to who accepts those; each has the shape of the answer. */
  alsoStream?: true;
  /** Answered with 503 while the output's `status` is `down`. */
  probe?: true;
}

/** What every door needs to know of an operation besides its input and output. */
export interface OperationMeta {
  /** One sentence for the document. */
  summary: string;
  tag: OperationTag;
  /** `public`: needs no token; `owner`: touches the machine or other organisations, so no key or user may. */
  scope: Scope | 'public' | 'owner';
  rest: RestRoute;
  /** The field of the input that names what is done to, for the audit. */
  target?: string;
  /** The field of the input that names what was decided, which the audit has in capitals as the code of what was done. */
  decision?: string;
  /** Of a mutation that every opened page makes: the audit would drown in it. */
  isRoutine?: true;
}
