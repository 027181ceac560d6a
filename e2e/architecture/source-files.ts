import { readFileSync, readdirSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';
import { parseSync, Visitor, type Argument } from 'oxc-parser';

export interface ImportFound {
  /** As written. */
  specifier: string;
  typeOnly: boolean;
  /** `import(…)`: when the running program comes there. */
  isDynamic: boolean;
  line: number;
}

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  path: string;
  isTest: boolean;
  lineCount: number;
  imports: ImportFound[];
  /** Lines on which `any` is written as a type. */
  anyLines: number[];
  /** Lines of `x as T`, `as const` left out. */
  assertionLines: number[];
  /** Lines that call a blocking function of node:fs or node:child_process, such as readFileSync. */
  blockingLines: number[];
  /** Lines of `import(…)` and `require(…)` whose target only the running program knows: nobody can follow them. */
  unknownImportLines: number[];
}

export const projectRoot = resolve(import.meta.dirname, '../..');

const blockingCall =
  /^(?:read|write|append|copy|rm|mkdir|mkdtemp|readdir|stat|lstat|exists|open|close|fsync|rename|unlink|chmod|access|exec|execFile|spawn|truncate|realpath)\w*Sync$/;

/** Every TypeScript file under a folder of the project, tests included. */
export function readSourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted()
    .map((path) => parseSourceFile(path, readFileSync(join(projectRoot, path), 'utf8')));
}

/** Throws when the text does not parse: a file that cannot be read cannot be checked. */
export function parseSourceFile(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path}: ${error.message}`);
  const lineStarts = [...text.matchAll(/\n/g)].map((match) => match.index);
  const lineAt = (offset: number) => lineStarts.filter((start) => start < offset).length + 1;
  const file: SourceFile = {
    path,
    isTest: /\.(?:test|e2e)\.tsx?$|\/(?:testing|fixtures)\/|[./-]testing\.tsx?$|\/test-[\w-]+\.tsx?$/.test(path),
    lineCount: text.split('\n').length - 1,
    imports: [],
    anyLines: [],
    assertionLines: [],
    blockingLines: [],
    unknownImportLines: [],
  };
  const found = (specifier: unknown, typeOnly: boolean, start: number, isDynamic = false) => {
    if (typeof specifier === 'string') file.imports.push({ specifier, typeOnly, isDynamic, line: lineAt(start) });
  };
  const dynamic = (argument: Argument, start: number, isDynamic: boolean) => {
    const specifier = literalText(argument);
    if (specifier === null) file.unknownImportLines.push(lineAt(start));
    else found(specifier, false, start, isDynamic);
  };
  new Visitor({
    // `import { type T }` keeps the import at run time under verbatimModuleSyntax; only `import type` is types only.
    ImportDeclaration: (node) => found(node.source.value, node.importKind === 'type', node.start),
    ExportAllDeclaration: (node) => found(node.source.value, node.exportKind === 'type', node.start),
    ExportNamedDeclaration: (node) => found(node.source?.value, node.exportKind === 'type', node.start),
    ImportExpression: (node) => dynamic(node.source, node.start, true),
    TSImportType: (node) => found(node.source.value, true, node.start),
    TSAnyKeyword: (node) => void file.anyLines.push(lineAt(node.start)),
    TSAsExpression: (node) => {
      const type = node.typeAnnotation;
      const isConst =
        type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const';
      if (!isConst) file.assertionLines.push(lineAt(node.start));
    },
    CallExpression: (node) => {
      const { callee } = node;
      const name =
        callee.type === 'Identifier'
          ? callee.name
          : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
            ? callee.property.name
            : '';
      if (blockingCall.test(name)) file.blockingLines.push(lineAt(node.start));
      const [argument] = node.arguments;
      if (name === 'require' && argument !== undefined) dynamic(argument, node.start, false);
    },
  }).visit(program);
  return file;
}

/** The text of 'a', "a" and `a`, as bundlers write them; null for what is put together when the program runs. */
function literalText(node: Argument): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return null;
  return node.quasis[0]?.value.cooked ?? null;
}

/** The project path that a relative or `@/` import means; null for a package. */
export function localTarget(fromPath: string, specifier: string): string | null {
  if (specifier.startsWith('@/')) return posix.join('src/renderer', specifier.slice(2));
  if (specifier.startsWith('.')) return posix.join(posix.dirname(fromPath), specifier);
  return null;
}

/** `@scope/name/deep` → `@scope/name`; `node:fs/promises` → `node:`. */
export function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** `src/main/store/database.ts` → `store`, `src/main/index.ts` → `entry:index`, `src/renderer/…` → `renderer`; null outside src. */
export function roomOf(path: string): string | null {
  const [top, second, third, ...rest] = path.split('/');
  if (top !== 'src' || second === undefined) return null;
  if (second !== 'main') return second;
  if (third === undefined) return null;
  return rest.length === 0 ? `entry:${third.replace(/\.tsx?$/, '')}` : third;
}
