import type { GraphSource } from '../../store/tables/graph-source.ts';
import { commandNames, type CommandName } from './command-name.ts';
import { entity, type EntityName } from './entity.ts';
import { errorSignature } from './error-signature.ts';
import { namedThings } from './named-things.ts';

/** Tags that say what kind of event it was and not what it is about. */
const tagsOfEvents = new Set(['error']);
const prose = new Set(['request', 'conclusion', 'summary', 'plan', 'delegation', 'note']);

/** What one observation mentions, by what it is to it. */
export interface Mentioned {
  project: EntityName | null;
  tool: EntityName | null;
  /** Read or changed by it, or named as an argument. */
  files: EntityName[];
  changed: EntityName[];
  commands: { command: EntityName; line: CommandName; files: EntityName[] }[];
  error: EntityName | null;
  /** Technical names that the error speaks of; among `concepts` too. */
  namedByError: EntityName[];
  concepts: EntityName[];
}

/** The entities of one observation, by rules; `root` is the project's folder and `projectId` its id on the wire. */
export function entitiesOf(row: GraphSource, project: { id: string; root: string }): Mentioned {
  const { projectPk } = row;
  const fileOf = (path: string) => fileEntity(path, project.root, projectPk);
  const lines = row.type === 'command' ? commandNames(row.command ?? row.title) : [];
  const commands = lines.flatMap((line) => {
    const command = entity('command', line.name, projectPk);
    return command === null ? [] : [{ command, line, files: line.files.flatMap((path) => fileOf(path) ?? []) }];
  });
  const changed = row.changed.flatMap((path) => fileOf(path) ?? []);
  const files = [...row.files.flatMap((path) => fileOf(path) ?? []), ...commands.flatMap((command) => command.files)];
  const signature = row.failed ? errorSignature(row.error ?? row.subtitle ?? '') : null;
  const said = prose.has(row.type) ? namedThings(`${row.title}\n${row.narrative ?? ''}`) : [];
  const named = signature === null ? [] : namedThings(signature);
  const tags = row.concepts.filter((tag) => !tagsOfEvents.has(tag));
  const isPlaced = files.some((file) => file.projectPk !== null) || commands.length > 0;
  return {
    project: isPlaced ? entity('project', project.id, projectPk) : null,
    tool: row.tool === null ? null : entity('tool', row.tool, null),
    files,
    changed,
    commands,
    error: signature === null ? null : entity('error', signature, null),
    namedByError: concepts(named),
    concepts: concepts([...tags, ...said, ...named]),
  };
}

function concepts(names: readonly string[]): EntityName[] {
  return [...new Set(names)].flatMap((name) => entity('concept', name, null) ?? []);
}

/** Below the project's folder by its path from there; elsewhere by its whole path, the same for all projects. */
export function fileEntity(path: string, root: string, projectPk: number): EntityName | null {
  const normal = path
    .replaceAll('\\', '/')
    .replaceAll(/\/{2,}/g, '/')
    .replaceAll(/(?:^|(?<=\/))\.\//g, '');
  const folder = root.replaceAll('\\', '/').replace(/\/+$/, '');
  if (/(?:^|\/)\.\.(?:\/|$)/.test(normal) || normal.endsWith('/')) return null;
  const isInside = folder !== '' && normal.startsWith(`${folder}/`);
  if (isInside) return entity('file', normal.slice(folder.length + 1), projectPk);
  const isAbsolute = /^(?:\/|~|[A-Za-z]:\/)/.test(normal);
  return entity('file', normal, isAbsolute ? null : projectPk);
}

/** The folder that a file of the project lies in, as an entity of its own; null at the top. */
export function folderOf(file: EntityName): EntityName | null {
  const end = file.key.lastIndexOf('/');
  return file.projectPk === null || end <= 0 ? null : entity('file', file.key.slice(0, end + 1), file.projectPk);
}
