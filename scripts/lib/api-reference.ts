import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { operationTags } from '../../src/main/api/operation.ts';
import { itemOf } from '../../src/main/api/outputs/shape.ts';
import { appRouter } from '../../src/main/api/router.ts';
import { logParameters } from '../../src/main/http/events/stream-paths.ts';
import { otherPaths } from '../../src/main/http/openapi/other-paths.ts';
import { planInput } from '../../src/main/http/rest/input-assembly.ts';
import { inputShape } from '../../src/main/http/rest/json-schema.ts';
import { type RestOperation, restOperations } from '../../src/main/http/rest/rest-operation.ts';
import { projectRoot } from './run-command.ts';

export const pageFile = join(projectRoot, 'docs/api.md');

const exampleFile = join(projectRoot, 'docs/client/example.ts');
const doorEntry = z.looseObject({ summary: z.string(), 'x-scope': z.string() });
const operations = restOperations(appRouter);
/** What is no operation of the contract. */
const doors = /<!-- doors -->\n[\s\S]*?<!-- end -->/;
const example = /<!-- example -->\n[\s\S]*?<!-- end -->/;
const marks = /<!-- operations: (\w+) -->\n[\s\S]*?<!-- end -->/g;

/** The page with the tables between its marks made anew; throws when a tag of the contract has none. */
export function withReference(page: string): string {
  const named = [...page.matchAll(marks)].map(([, tag]) => tag);
  const missing = operationTags.filter((tag) => !named.includes(tag));
  if (missing.length > 0 || named.length > operationTags.length) {
    throw new Error(`Each tag has its place once; ${missing.join(', ') || 'one'} has not.`);
  }
  return page
    .replaceAll(marks, (_, tag: string) => `<!-- operations: ${tag} -->\n\n${tableOf(tag)}\n\n<!-- end -->`)
    .replace(example, () => `<!-- example -->\n\n\`\`\`ts\n${readFileSync(exampleFile, 'utf8')}\`\`\`\n\n<!-- end -->`)
    .replace(doors, `<!-- doors -->\n\n${tableOfDoors()}\n\n<!-- end -->`);
}

function tableOf(tag: string): string {
  const rows = operations.filter(({ meta }) => meta.tag === tag).map(rowOf);
  return ['| operation | what it does | takes | answers | scope |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function tableOfDoors(): string {
  const rows = otherPaths.map(({ method, path, entry }) => {
    const { summary, 'x-scope': scope } = doorEntry.parse(entry);
    return `| \`${method} ${path}\` | ${summary} | \`${scope}\` |`;
  });
  return ['| door | what it does | scope |', '| --- | --- | --- |', ...rows].join('\n');
}

function rowOf(operation: RestOperation): string {
  const { rest, summary, scope } = operation.meta;
  const cells = [`\`${rest.method} ${rest.path}\``, summary, inputsOf(operation), answerOf(operation), `\`${scope}\``];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Query parameters with a question mark before them, fields of the body without; what must be there is in bold. */
function inputsOf(operation: RestOperation): string {
  const shape = inputShape(operation.input);
  const plan = planInput(operation);
  const { body } = operation.meta.rest;
  const sent = body === undefined ? shape.root : shape.read(shape.root.properties[body]);
  const inBody = plan.takesBody
    ? Object.keys(sent.properties).filter((name) => body !== undefined || !operation.pathParameters.includes(name))
    : [];
  const written = (name: string, text: string, required: readonly string[]) =>
    required.includes(name) ? `**\`${text}\`**` : `\`${text}\``;
  // Its door takes more than the contract asks for.
  if (operation.name === 'events.subscribe') return logParameters.map(({ name }) => `\`?${name}\``).join(' ');
  return [
    ...plan.parameters.map(({ name, target }) => {
      const [field = name, ...deeper] = target;
      return written(deeper.length === 0 ? field : '', `?${name}`, shape.root.required);
    }),
    ...inBody.map((name) => written(name, name, sent.required)),
  ].join(' ');
}

function answerOf({ meta: { rest }, output }: RestOperation): string {
  const usual = rest.isNew === undefined ? `${rest.status} ` : `${rest.status} or 200 `;
  const status = rest.status === undefined || rest.status === 200 ? '' : usual;
  if (output === null || output instanceof z.ZodVoid) return status.trim();
  const item = itemOf(output);
  return status + (item === null ? nameOf(output) : `stream of ${nameOf(item)}`);
}

function nameOf(schema: z.ZodType): string {
  const id = schema.meta()?.id;
  if (id !== undefined) return id;
  if (schema instanceof z.ZodArray) return `${nameOf(z.instanceof(z.ZodType).parse(schema.element))}[]`;
  if (!(schema instanceof z.ZodObject)) return '';
  const { data } = z.looseObject({ data: z.instanceof(z.ZodArray).optional() }).parse(schema.shape);
  return data === undefined ? `{ ${Object.keys(schema.shape).join(', ')} }` : `page of ${nameOf(data).slice(0, -2)}`;
}
