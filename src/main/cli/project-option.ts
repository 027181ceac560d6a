import { resolve, sep } from 'node:path';
import { fill } from '../../shared/messages/fill.ts';
import type { ProjectView } from '../../shared/views.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext } from './cli-context.ts';
import type { WorkerClient } from './worker-client.ts';

/** The id of a project that is given by id, or by its name when only one has it. Throws `CliError`. */
export async function projectId(client: WorkerClient, value: string, { text }: CliContext): Promise<string> {
  const projects = await client.call((api) => api.projects.list.query());
  const matches = projects.filter(({ id, name }) => id === value || name.toLowerCase() === value.toLowerCase());
  const [match, another] = matches;
  if (match === undefined) {
    throw new CliError('UNKNOWN_PROJECT', fill(text.errors.unknown_project, { value, known: names(projects, text) }));
  }
  if (another !== undefined) {
    throw new CliError(
      'AMBIGUOUS_PROJECT',
      fill(text.errors.ambiguous_project, { value, known: names(matches, text) }),
    );
  }
  return match.id;
}

/** The project that a folder lies in, the innermost one. Throws `CliError` when it lies in none. */
export async function projectOfFolder(client: WorkerClient, folder: string, { text }: CliContext): Promise<string> {
  const projects = await client.call((api) => api.projects.list.query());
  const around = projects.filter(({ root }) => liesIn(folder, root));
  const [innermost] = around.toSorted((one, other) => other.root.length - one.root.length);
  if (innermost !== undefined) return innermost.id;
  const message = fill(text.errors.no_project_here, { folder, known: names(projects, text) });
  throw new CliError('NO_PROJECT_HERE', message, exitCodes.failed);
}

/**
 * A relative path as a person in that folder means it, when the folder lies in the project. Else as it is: the worker takes it as
 * relative to the project.
 */
export async function fileOfProject(client: WorkerClient, id: string, file: string, folder: string): Promise<string> {
  const projects = await client.call((api) => api.projects.list.query());
  const isInside = projects.some((project) => project.id === id && liesIn(folder, project.root));
  return isInside ? resolve(folder, file) : file;
}

function liesIn(folder: string, root: string): boolean {
  return folder === root || folder.startsWith(root.replace(/[/\\]?$/, sep));
}

function names(projects: readonly ProjectView[], text: CliContext['text']): string {
  return projects.map(({ id, name }) => `${name} (${id})`).join(', ') || text.errors.none;
}
