import { parseSync } from 'oxc-parser';

/** What a value of a sentence is taken to be where it is only known when it is said. */
export const anyValue = ' (x)';

/** Whatever of these is made or called says its text to whoever called an operation. */
const refusing = new Set([
  'Refusal',
  'TRPCError',
  'ClaudeMdError',
  'KeyError',
  'wrongField',
  'badRequest',
  'notNow',
  'unauthorized',
  'say',
]);
/** Files whose functions return such texts, for others to throw. */
const returning = /(?:input-sentences|setting-list|same-words|pattern-fit|model-faults)\.ts$/;
const named = /^(?:message|fault|said|fitting|notJson|lastAdmin|inNoSuch)$/;

/** The sentences that a file of the core refuses something with, each with `anyValue` for what is put in. */
export function saidSentences(path: string, text: string): string[] {
  const sentences: string[] = [];
  const walk = (value: unknown, isSaid: boolean): void => {
    if (Array.isArray(value)) return value.forEach((one) => walk(one, isSaid));
    if (!isNode(value)) return;
    const written = textOf(value);
    if (isSaid && written !== null && /^(?:[A-Z]|\s\(x\)\s)[^]*[.?!]$/.test(written) && written.includes(' ')) {
      sentences.push(written);
    }
    const inside = isSaid || begins(value, path);
    for (const [key, child] of Object.entries(value)) if (key !== 'type') walk(child, inside);
  };
  walk(parseSync(path, text).program, false);
  return sentences;
}

type Node = Record<string, unknown> & { type: string };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

const nameOf = (value: unknown): string => (isNode(value) && typeof value['name'] === 'string' ? value['name'] : '');

function begins(node: Node, path: string): boolean {
  switch (node.type) {
    case 'NewExpression':
    case 'CallExpression':
      return refusing.has(nameOf(node['callee']));
    case 'Property':
      return nameOf(node['key']) === 'error' && path.includes('schema');
    case 'VariableDeclarator':
      return named.test(nameOf(node['id']));
    case 'ReturnStatement':
      return returning.test(path);
    default:
      return false;
  }
}

function textOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : null;
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node['quasis'])) return null;
  const parts = node['quasis'].map((quasi: unknown) => {
    const value = isNode(quasi) ? quasi['value'] : null;
    return typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : '';
  });
  return parts.join(anyValue);
}
