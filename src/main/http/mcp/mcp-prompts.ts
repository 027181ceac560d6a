import { findProject } from '../../api/tools/find-project.ts';
import { listLearningsTool } from '../../api/tools/list-learnings-tool.ts';
import { recallContextTool } from '../../api/tools/recall-context-tool.ts';
import { searchTool } from '../../api/tools/search-tool.ts';
import type { ToolAnswer } from '../../api/tools/built-in-tool.ts';
import { callBuiltIn } from '../../api/tools/run-tool.ts';
import type { ApiContext } from '../../api/trpc.ts';

/** What a person can choose from their client's menu. */

const project = { name: 'project', description: 'Id, name, or a folder in it.', required: true };

export const mcpPrompts = [
  {
    name: 'recall',
    title: 'Recall earlier work',
    description: 'What is known of a project, or of one topic in it, before work goes on.',
    arguments: [project, { name: 'topic', description: 'What it is about.', required: false }],
  },
  {
    name: 'review_learnings',
    title: 'Review proposed learnings',
    description: 'Goes through what was proposed and waits for a decision.',
    arguments: [{ ...project, required: false }],
  },
  {
    name: 'session_handoff',
    title: 'Hand over this session',
    description: 'Writes down where the work stands, for whoever goes on.',
    arguments: [project],
  },
];

type PromptArguments = Readonly<Record<string, string>>;

/** The text of a prompt; null when there is none of that name. Throws `TRPCError` for a project that is not there. */
export async function promptText(ctx: ApiContext, name: string, given: PromptArguments): Promise<string | null> {
  if (name === 'recall') return recallText(ctx, given);
  if (name === 'review_learnings') return reviewText(ctx, given);
  return name === 'session_handoff' ? handoffText(ctx, given) : null;
}

const { signal } = new AbortController();
const topicHits = 8;

async function recallText(ctx: ApiContext, { project: where, topic }: PromptArguments): Promise<string> {
  const known = await callBuiltIn(ctx, recallContextTool, { project: where, prompt: topic || undefined }, signal);
  // What an agent is given unasked needs evidence; whoever asks about a topic wants to see all that mentions it.
  const hits = topic
    ? await callBuiltIn(ctx, searchTool, { query: topic, project: where, limit: topicHits }, signal)
    : null;
  // “Nothing is known” would contradict what the search finds below it.
  const isNothing = known.structured['text'] === '' && hasHits(hits);
  return [
    topic ? `What is remembered about "${topic}":` : 'What is remembered of this project:',
    ...(isNothing ? [] : [known.text]),
    ...(hits === null ? [] : ['What a search for it finds:', hits.text]),
    'Tell me in a few sentences what matters of this for the work at hand, and name what is still open. ' +
      'Look up details with search, timeline and get_observations before you rely on them; say so where nothing is known.',
  ].join('\n\n');
}

function hasHits(answer: ToolAnswer | null): boolean {
  const hits = answer?.structured['hits'];
  return Array.isArray(hits) && hits.length > 0;
}

async function reviewText(ctx: ApiContext, { project: where }: PromptArguments): Promise<string> {
  const given = { project: where || undefined, states: ['proposed'] };
  const waiting = await callBuiltIn(ctx, listLearningsTool, given, signal);
  return [
    'These learnings were proposed and wait for my decision:',
    waiting.text,
    'For each: say whether the memory supports it (search for it), whether it contradicts another one, and how it could be said ' +
      'more exactly. I decide in the app or with cmem learnings; you cannot approve them.',
  ].join('\n\n');
}

async function handoffText(ctx: ApiContext, { project: where }: PromptArguments): Promise<string> {
  const within = await findProject(ctx, where, true);
  return (
    `Write a hand-over of this session of ${within?.name ?? 'this project'}: what was asked, what is done and how it was checked, ` +
    'what failed and why, what is open, and the next step, with the files concerned. Facts only, at most 300 words. ' +
    'Keep it with save_session_note and propose with propose_learning what any later session should know; then show me the note.'
  );
}
