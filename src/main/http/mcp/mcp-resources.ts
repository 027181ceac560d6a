import type { ApiContext } from '../../api/trpc.ts';
import { getObservationsTool } from '../../api/tools/get-observations-tool.ts';
import { indexLine, toIndexRow } from '../../api/tools/tool-fields.ts';
import { cut, minuteOf, oneLine } from '../../api/tools/tool-text.ts';

/** What of the memory can be read by address; a resource is read by a person's choice, so it may be longer than a tool's answer. */

export const mcpResources = [
  {
    uri: 'memory://projects',
    name: 'projects',
    title: 'Projects',
    description: 'Every project that is remembered, the last used first.',
    mimeType: 'text/markdown',
  },
  {
    uri: 'memory://sessions',
    name: 'sessions',
    title: 'Latest sessions',
    description: 'The last 40 sessions of all projects.',
    mimeType: 'text/markdown',
  },
  {
    uri: 'memory://learnings',
    name: 'learnings',
    title: 'Approved learnings',
    description: 'What was learned and holds, by confidence.',
    mimeType: 'text/markdown',
  },
  {
    uri: 'memory://stats',
    name: 'stats',
    title: 'The memory in numbers',
    description: 'Counts of all that is remembered, as JSON.',
    mimeType: 'application/json',
  },
];

export const mcpResourceTemplates = [
  {
    uriTemplate: 'memory://sessions/{id}',
    name: 'session',
    title: 'One session',
    description: 'What a session came to, and its last 80 observations.',
    mimeType: 'text/markdown',
  },
  {
    uriTemplate: 'memory://observations/{id}',
    name: 'observation',
    title: 'One observation',
    description: 'All that is kept of an observation.',
    mimeType: 'text/markdown',
  },
  {
    uriTemplate: 'memory://projects/{id}/context',
    name: 'project-context',
    title: 'Context of a project',
    description: 'What an agent that begins now would be given.',
    mimeType: 'text/markdown',
  },
];

export interface ResourceText {
  mimeType: string;
  text: string;
}

const largestResource = 20_000;
const mostSessions = 40;
const mostRows = 80;
const mostLearnings = 100;

const address = /^memory:\/\/(?<kind>[a-z]+)(?:\/(?<id>[^/?#]{1,600})(?<rest>\/context)?)?$/;

/** What lies at the address; null when nothing does. */
export async function readResource(ctx: ApiContext, uri: string): Promise<ResourceText | null> {
  const { kind, id: encoded, rest } = address.exec(uri)?.groups ?? {};
  const id = encoded === undefined ? null : decoded(encoded);
  if (kind === undefined || (encoded !== undefined && id === null)) return null;
  if (kind === 'stats' && id === null) {
    const overview = await ctx.services.stats.overview({});
    return { mimeType: 'application/json', text: JSON.stringify(overview, null, 2) };
  }
  const text = await markdownOf(ctx, kind, id, rest !== undefined);
  return text === null ? null : { mimeType: 'text/markdown', text: cut(text, largestResource) };
}

async function markdownOf(
  ctx: ApiContext,
  kind: string,
  id: string | null,
  isContext: boolean,
): Promise<string | null> {
  if (id === null) {
    if (kind === 'projects') return projectsText(ctx);
    if (kind === 'sessions') return sessionsText(ctx);
    return kind === 'learnings' ? learningsText(ctx) : null;
  }
  if (isContext) return kind === 'projects' ? contextText(ctx, id) : null;
  if (kind === 'sessions') return sessionText(ctx, id);
  return kind === 'observations' ? observationText(ctx, id) : null;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

async function projectsText({ services }: ApiContext): Promise<string> {
  const projects = await services.read.listProjects();
  const rows = projects.map(
    (project) =>
      `- ${oneLine(project.name, 80)} (${project.id}) in ${oneLine(project.root, 200)}: ${project.session_count} sessions, ` +
      `${project.observation_count} observations, last ${minuteOf(project.last_event_at)}`,
  );
  return ['# Projects', ...(rows.length === 0 ? ['Nothing was recorded yet.'] : rows)].join('\n');
}

async function sessionsText({ services }: ApiContext): Promise<string> {
  const { data } = await services.read.listSessions({ limit: mostSessions });
  const rows = data.map(
    ({ id, project, title, last_event_at, status }) =>
      `- ${id} ${minuteOf(last_event_at)} ${status} (${oneLine(project.name, 60)}) ${oneLine(title ?? 'without a title', 140)}`,
  );
  return ['# Latest sessions', ...(rows.length === 0 ? ['Nothing was recorded yet.'] : rows)].join('\n');
}

async function learningsText({ services }: ApiContext): Promise<string> {
  const page = await services.learnings.list({ states: ['approved'], order: 'confidence', limit: mostLearnings });
  const rows = page.data.map(({ category, statement, project }) => {
    const where = project === null ? '' : ` (${oneLine(project.name, 60)})`;
    return `- ${category}${where}: ${oneLine(statement, 400)}`;
  });
  return ['# Approved learnings', ...(rows.length === 0 ? ['None yet.'] : rows)].join('\n');
}

async function sessionText({ services }: ApiContext, id: string): Promise<string | null> {
  const session = await services.read.getSession(id);
  const around = await services.read.around({ session_id: id, before: mostRows, after: 0 });
  if (session === null || around === null) return null;
  const { data } = await services.summaries.list({ session_id: id, scope: 'session', limit: 1 });
  const said = data.flatMap(({ done, learned, open_ends }) => [
    ...done.map((line) => `- ${line}`),
    ...learned.map((line) => `- Learned: ${line}`),
    ...open_ends.map((line) => `- Open: ${line}`),
  ]);
  return [
    `# ${oneLine(session.title ?? 'Session', 200)}`,
    `${session.id} · ${session.project.name} · ${session.agent} · ${minuteOf(session.started_at)} · ${session.status}`,
    ...(session.conclusion === null ? [] : [session.conclusion]),
    ...said,
    '## What happened',
    ...(around.earlier > 0 ? [`(${around.earlier} earlier)`] : []),
    ...around.data.map((view) => indexLine(toIndexRow(view, false))),
  ].join('\n');
}

async function observationText(ctx: ApiContext, id: string): Promise<string | null> {
  if (id.length > 200 || (await ctx.services.read.getObservation(id)) === null) return null;
  const input = { ids: [id], max_characters: largestResource };
  return (await getObservationsTool.run(ctx, input, new AbortController().signal)).text;
}

async function contextText({ services }: ApiContext, id: string): Promise<string | null> {
  const preview = await services.context.preview({ project_id: id, kind: 'startup' });
  return preview === null ? null : preview.text || 'Nothing would be given.';
}
