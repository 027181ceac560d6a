import type { MemoryHit, MemoryType, MemoryView } from '../../shared/note-views.ts';
import type { SearchMode } from '../../shared/search-views.ts';
import type { Page } from '../../shared/views.ts';

export interface MemoryListRequest {
  type?: MemoryType | undefined;
  tags?: string[] | undefined;
  project_id?: string | undefined;
  text?: string | undefined;
  /** What held then; ISO 8601. */
  valid_at?: string | undefined;
  forgotten?: boolean | undefined;
  cursor?: string | undefined;
  limit: number;
}

export interface NumberedMemories {
  /** From 1. */
  page: number;
  size: number;
  tags: readonly string[];
  /** All of the tags, or any of them. */
  allTags: boolean;
  /** What `name` says in the metadata, where it says it with a text, and else the type. */
  label?: { name: string; value: string } | undefined;
}

/** What is left out is as usual for a new memory, and stays as it is in one that is there already. */
export interface NewMemory {
  text: string;
  /** Else semantic. */
  type?: MemoryType | undefined;
  tags?: string[] | undefined;
  metadata?: MemoryView['metadata'] | undefined;
  /** Else 0.5. */
  importance?: number | undefined;
  project_id?: string | undefined;
  valid_from?: string | undefined;
  /** Of working memories. */
  ttl_seconds?: number | undefined;
}

export interface MemorySearchRequest {
  /** Words and meaning; left out, the last changed come first. */
  text?: string | undefined;
  mode: SearchMode;
  type?: MemoryType | undefined;
  tags?: string[] | undefined;
  /** All of the tags, which is usual, or any of them. */
  tag_match?: 'all' | 'any' | undefined;
  /** With those that hold everywhere. */
  project_id?: string | undefined;
  /** When it was made; ISO 8601, inclusive. */
  since?: string | undefined;
  /** Exclusive. */
  until?: string | undefined;
  /** Of those that were searched for by a text, the ones with at least this score. */
  min_score?: number | undefined;
  /** This one is left out. */
  except_id?: string | undefined;
  limit: number;
}

/** What is left out stays as it was. */
export type MemoryChange = { [Name in Exclude<keyof NewMemory, 'type'>]?: NewMemory[Name] | undefined } & {
  /** Merged where it is written, so that of several at once none takes back another's. */
  add_metadata?: MemoryView['metadata'] | undefined;
};

export interface MemoryService {
  list(request: MemoryListRequest): Promise<Page<MemoryView>>;
  /** The page of a number, for clients that count pages: the last changed first. */
  numbered(request: NumberedMemories): Promise<{ memories: MemoryView[]; total: number }>;
  /** The most frequent first. */
  tags(): Promise<{ tag: string; count: number }[]>;
  /** By what `name` says in the metadata, where it says it with a text, and else by type; the most frequent first. */
  types(name: string): Promise<{ type: string; count: number }[]>;
  /** The best first. */
  search(request: MemorySearchRequest): Promise<MemoryHit[]>;
  /** Counts as an access. */
  get(id: string): Promise<MemoryView | null>;
  /** All versions, newest first. */
  versions(id: string): Promise<MemoryView[] | null>;
  /**
   * Never refused as a duplicate: the same words again are counted, and what is said of them besides is taken over: tags and
   * metadata are added, all else is as it was said last.
   */
  remember(memory: NewMemory): Promise<MemoryView>;
  /** The same for many, all or none of them. */
  rememberMany(memories: readonly NewMemory[]): Promise<MemoryView[]>;
  revise(id: string, change: MemoryChange): Promise<MemoryView | null>;
  /** By id, or all that say what `text` says; nothing is done when `dry_run`. */
  forget(request: {
    id?: string | undefined;
    text?: string | undefined;
    project_id?: string | undefined;
    dry_run: boolean;
  }): Promise<MemoryView[]>;
  /** Takes back what was forgotten. */
  restore(id: string): Promise<MemoryView | null>;
}
