import type { CapturedEvent } from '../../capture/captured-event.ts';
import { capturedAgent } from '../../capture/captured-event.ts';
import { withoutExcluded, withoutExcludedCalls } from '../../capture/excluded-files.ts';
import { createPathPatterns } from '../../capture/path-patterns.ts';
import { identifyProject } from '../../capture/project-identity.ts';
import type { WritableDb } from '../../store/database.ts';
import { createAgentProgramWriter } from '../../store/tables/agent-programs.ts';
import { createSettingReader } from '../../store/tables/settings.ts';
import type { WriterOperationParts } from '../writer-operations.ts';
import { settingKeys } from './setting-list.ts';
import { settingValues } from './setting-values.ts';

/** Roots of folders that are asked for; a hook brings the same one again and again. */
const mostRoots = 500;

export interface GatedWriterParts extends WriterOperationParts {
  /** Told when something changes what is taken, and asked by what takes events by another door. */
  gate: Pick<IntakeGate, 'refresh' | 'pass'>;
}

export interface IntakeGate {
  /** What is to be stored of the event: all, less, or nothing. `isHook` counts what a disabled agent sent. */
  pass(event: CapturedEvent, isHook: boolean): CapturedEvent | null;
  /** The state of a transcript's reader, without what is excluded; `cwd` is where its agent stands. */
  state(state: string, cwd: string | null): string;
  /** Reads again what holds; inside the transaction that changed it, and when one was taken back. */
  refresh(): void;
  /** Writes what was counted; inside the batch's transaction. */
  flush(): void;
  reset(): void;
}

/** What a person does not want recorded: agents that are disabled, projects and files by pattern. Lives in the writer thread. */
export function createIntakeGate(db: WritableDb, rootOf: (sessionId: string) => string | null): IntakeGate {
  const programs = createAgentProgramWriter(db);
  const settings = createSettingReader(db);
  const dropped = new Map<string, number>();
  let disabled = new Set<string>();
  let excludesProjects = false;
  let excludesFiles = false;
  let isExcludedProject = createPathPatterns([]);
  let isExcludedFile = createPathPatterns([]);
  const roots = new Map<string, string>();

  function refresh(): void {
    disabled = new Set(programs.disabled());
    const values = settingValues(settings.all(settingKeys));
    const projects = values('capture.excluded_projects');
    const files = values('capture.excluded_files');
    excludesProjects = projects.length > 0;
    excludesFiles = files.length > 0;
    isExcludedProject = createPathPatterns(projects);
    isExcludedFile = createPathPatterns(files);
  }

  /** Of a session that is not known yet, by the folder that it runs in. */
  function rootOfFolder(cwd: string, transcriptPath: string | null): string {
    const place = `${cwd}\n${transcriptPath ?? ''}`;
    const known = roots.get(place);
    if (known !== undefined) return known;
    const { root } = identifyProject(cwd, transcriptPath);
    if (roots.size >= mostRoots) roots.clear();
    roots.set(place, root);
    return root;
  }

  function isExcluded({ cwd, sessionId, transcriptPath }: CapturedEvent): boolean {
    if (!excludesProjects) return false;
    if (cwd !== null && isExcludedProject(cwd)) return true;
    const root = (sessionId === null ? null : rootOf(sessionId)) ?? (cwd ? rootOfFolder(cwd, transcriptPath) : null);
    return root !== null && isExcludedProject(root);
  }

  refresh();
  return {
    pass(event, isHook) {
      const { agent = capturedAgent } = event;
      if (disabled.has(agent)) {
        if (isHook) dropped.set(agent, (dropped.get(agent) ?? 0) + 1);
        return null;
      }
      if (isExcluded(event)) return null;
      return excludesFiles ? withoutExcluded(event, isExcludedFile) : event;
    },
    state: (state, cwd) => (excludesFiles ? withoutExcludedCalls(state, cwd, isExcludedFile) : state),
    refresh,
    flush() {
      for (const [name, count] of dropped) programs.dropped(name, count);
      dropped.clear();
    },
    reset() {
      dropped.clear();
      refresh();
    },
  };
}
