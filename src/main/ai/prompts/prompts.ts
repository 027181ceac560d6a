import type { PromptName } from '../mode.ts';
import { ask } from './ask.ts';
import { graph } from './graph.ts';
import { learn } from './learn.ts';
import type { PromptTemplate } from './prompt-template.ts';
import { summariseSession, summariseTurn, summariseWeek } from './summarise.ts';

export const prompts: Record<PromptName, PromptTemplate> = {
  'summarise-turn': summariseTurn,
  'summarise-session': summariseSession,
  'summarise-week': summariseWeek,
  learn,
  graph,
  ask,
};
