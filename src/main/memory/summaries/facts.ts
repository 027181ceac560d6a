import type { SummaryCommand, SummaryLanguage } from '../../../shared/summary-views.ts';

/** What a summary is made of: plain data, bounded in size, in the order in which things happened; the same facts give the same bytes. */
export interface SummaryFacts {
  language: SummaryLanguage;
  turns: TurnFacts[];
  /** Newest summary that the client made of its own conversation; null when it made none. */
  compaction: Compaction | null;
  work: WorkFacts;
  /** How the last turn ended. */
  ending: 'answered' | 'unanswered' | 'failed';
}

/** What the client said of its own conversation when it compacted it, and how many of the turns had begun by then. */
export interface Compaction {
  text: string;
  turns: number;
}

export interface TurnFacts {
  promptId: string | null;
  /** Empty when a person has hidden it. */
  asked: string;
  /** The main agent's messages, the oldest first. */
  said: { text: string; isFinal: boolean }[];
  /** Calls of tools in it, by all agents. */
  calls: number;
  changes: number;
}

/** What the ledger proves; paths are short where they lie in the project. */
export interface WorkFacts {
  read: string[];
  changed: ChangedFile[];
  /** One for each command, however often it ran. */
  commands: CommandFact[];
  commits: string[];
  searches: { pattern: string; found: string | null }[];
  /** Addresses and queries. */
  researched: string[];
  delegated: { task: string; result: string }[];
  /** Of the newest todo or task list. */
  openTasks: string[];
}

export interface ChangedFile {
  path: string;
  edits: number;
  isNew: boolean;
}

export interface CommandFact extends SummaryCommand {
  /** What the agent called it; the command itself when it said nothing. */
  label: string;
  /** Of the turn in which it ran last; null where that is not known. */
  promptId: string | null;
  /** It is about tests, builds and the like, so that a failure of it leaves something open. */
  matters: boolean;
  /** Why it failed before it passed; null when it did not. */
  failedBefore: string | null;
}

export const noWork: WorkFacts = {
  read: [],
  changed: [],
  commands: [],
  commits: [],
  searches: [],
  researched: [],
  delegated: [],
  openTasks: [],
};
