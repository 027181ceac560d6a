import { TRPCError } from '@trpc/server';
import type { ProjectView } from '../../../shared/views.ts';
import type { ApiContext } from '../trpc.ts';
import { oneLine } from './tool-text.ts';

const mostNamed = 12;

/**
 * The project that an id, a name or a folder in it means; null when nothing was given. Throws BAD_REQUEST naming those
 * there are; that it may be left out is said unless it `isNeeded`.
 */
export async function findProject(
  { services }: Pick<ApiContext, 'services'>,
  value: string | undefined,
  isNeeded = false,
): Promise<ProjectView | null> {
  if (value === undefined) return null;
  return matchProject(await services.read.listProjects(), value, isNeeded);
}

/** Throws BAD_REQUEST. */
export function matchProject<Project extends Pick<ProjectView, 'id' | 'name' | 'root'>>(
  projects: readonly Project[],
  value: string,
  isNeeded = false,
): Project {
  const byName = projects.filter(({ name }) => name.toLowerCase() === value.toLowerCase());
  const found = projects.find(({ id }) => id === value) ?? (byName.length === 1 ? byName[0] : around(projects, value));
  if (found !== undefined) return found;
  const several = byName.length > 1;
  const wanted = isNeeded ? 'Give one of these.' : 'Leave it out, or give one of these.';
  throw new TRPCError({
    code: 'BAD_REQUEST',
    message: several
      ? `Several projects are named "${oneLine(value, 100)}": give the id of one. ${listed(byName)}`
      : `There is no project "${oneLine(value, 100)}". ${wanted} ${listed(projects)}`,
  });
}

/** The innermost project that the folder lies in. */
function around<Project extends Pick<ProjectView, 'root'>>(
  projects: readonly Project[],
  folder: string,
): Project | undefined {
  if (!/[/\\]/.test(folder)) return undefined;
  const wanted = comparable(folder);
  return projects
    .filter(({ root }) => wanted === comparable(root) || wanted.startsWith(`${comparable(root)}/`))
    .toSorted((one, other) => other.root.length - one.root.length)[0];
}

/** Windows writes a path with either slash and in any case. */
function comparable(path: string): string {
  const slashed = path.replaceAll('\\', '/').replace(/\/+$/, '');
  return /^[a-z]:/i.test(slashed) ? slashed.toLowerCase() : slashed;
}

/** Those there are, for a sentence. */
export function listed(projects: readonly Pick<ProjectView, 'id' | 'name'>[]): string {
  if (projects.length === 0) return 'Nothing was recorded yet.';
  const named = projects.slice(0, mostNamed).map(({ id, name }) => `${oneLine(name, 60)} (${id})`);
  const more = projects.length - named.length;
  return `Projects: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
