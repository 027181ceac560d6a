import { type InputFault, kindNamed } from '../../api/input-sentences.ts';
import type { BrokenRule } from './run-answer.ts';

const longestSaid = 2_000;

/** Which argument is wrong, as `arguments.list[0].name`, and a sentence that says what is wanted. */
export function faultInArguments({ keyword, instancePath, message, params }: BrokenRule): InputFault {
  const place = instancePath.split('/').slice(1).map(unescaped);
  const missing = keyword === 'required' ? text(params, 'missingProperty') : null;
  const unknown = keyword === 'additionalProperties' ? text(params, 'additionalProperty') : null;
  const path = [...place, ...[missing, unknown].filter((name) => name !== null)].map(step).join('');
  const said =
    missing !== null ? 'It is missing.' : unknown !== null ? 'There is no such argument.' : saying(keyword, params);
  return { path: `arguments${path}`.slice(0, longestSaid), message: (said ?? `It ${message}.`).slice(0, longestSaid) };
}

function saying(keyword: string, params: object): string | null {
  if (keyword === 'enum') return `Give one of ${JSON.stringify(Reflect.get(params, 'allowedValues'))}.`;
  if (keyword !== 'type') return null;
  const types: unknown = Reflect.get(params, 'type');
  return `Give ${[types]
    .flat()
    .map((type) => kindNamed(String(type)))
    .join(' or ')}.`;
}

const unescaped = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');
const step = (part: string) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`);

function text(params: object, name: string): string | null {
  const value: unknown = Reflect.get(params, name);
  return typeof value === 'string' ? value : null;
}
