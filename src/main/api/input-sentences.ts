import { TRPCError } from '@trpc/server';
import type { z } from 'zod';

/** A part of an input and what is wrong with it. */
export interface InputFault {
  /** `arguments.tags[0]`; empty for the whole. */
  path: string;
  message: string;
}

/** The cause of a BAD_REQUEST that knows where the fault lies. */
export class InputError extends Error {
  readonly faults: readonly InputFault[];
  constructor(faults: readonly InputFault[]) {
    super(faults.map(({ message }) => message).join(' '));
    this.name = 'InputError';
    this.faults = faults;
  }
}

/** A refusal of one field; `said` tells of the whole where the fault alone would not be understood. */
export function wrongField(path: string, message: string, said = message): TRPCError {
  return new TRPCError({ code: 'BAD_REQUEST', message: said, cause: new InputError([{ path, message }]) });
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  integer: 'a whole number',
  bigint: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
  date: 'a time',
};
const formats: Readonly<Record<string, string>> = {
  datetime: 'a time as 2026-01-31T00:00:00Z',
  date: 'a day as 2026-01-31',
  email: 'an e-mail address',
  url: 'an address as https://example.com/',
};

/** What is wrong and what is wanted, where a schema has no words of its own for it; zod's speak to programmers. */
export function sentenceOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return wanted(kindNamed(issue.expected), issue.input);
    case 'invalid_value':
      return wanted(oneOf(issue.values), issue.input);
    case 'too_big':
      return `At most ${sized(issue.origin, Number(issue.maximum))}.`;
    case 'too_small':
      return `At least ${sized(issue.origin, Number(issue.minimum))}.`;
    case 'invalid_format':
      return `Give ${formats[issue.format] ?? 'it in the form that is wanted here'}.`;
    case 'not_multiple_of':
      return `Give a multiple of ${issue.divisor}.`;
    case 'unrecognized_keys':
      return `There is no such field: ${issue.keys.join(', ')}.`;
    case 'invalid_key':
      return issue.issues[0]?.message;
    case 'invalid_union':
      return ofUnion(issue);
    default:
      return undefined;
  }
}

function ofUnion({ errors, options, input }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  if (Array.isArray(options)) return `Give one of ${options.join(', ')}.`;
  const expected = errors.map(([first]) => (first?.code === 'invalid_type' ? kindNamed(first.expected) : null));
  const named = expected.filter((kind) => kind !== null);
  return named.length === 0 ? 'It is none of what can stand here.' : wanted([...new Set(named)].join(' or '), input);
}

function wanted(what: string, given: unknown): string {
  if (given === undefined) return `It is missing: give ${what}.`;
  const kind = kindOf(given);
  return what === kind || what.startsWith('one of') || what === 'a whole number'
    ? `Give ${what}.`
    : `Give ${what}, not ${kind}.`;
}

/** What JSON calls a type, as a sentence does. */
export function kindNamed(expected: string): string {
  return kinds[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return kinds[typeof value] ?? typeof value;
}

function oneOf(values: readonly z.core.util.Primitive[]): string {
  const [first, ...others] = values.map(String);
  return others.length === 0 ? JSON.stringify(first) : `one of ${[first, ...others].join(', ')}`;
}

function sized(origin: string, bound: number): string {
  if (origin === 'string') return `${bound} ${bound === 1 ? 'character' : 'characters'}`;
  return origin === 'array' || origin === 'set' ? `${bound} of them` : String(bound);
}
