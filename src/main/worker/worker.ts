import type { ApiContext } from '../api/trpc.ts';
import type { AppRouter } from '../api/router.ts';
import type { SecretStore } from '../embed/secret-store.ts';
import type { OutsideDoor } from '../http/server.ts';
import type { Logger } from '../observe/logger.ts';
import type { MemoryEvent, StartedBy, StatusView } from '../../shared/views.ts';
import type { ContextTimeouts } from './context-answers.ts';
import type { Leaving } from './tenure.ts';

export interface WorkerOptions {
  dataDir: string;
  engine: 'desktop' | 'headless';
  /** A person unless said otherwise. */
  startedBy?: StartedBy | undefined;
  /** When a worker that an agent started goes because nobody uses it; half an hour unless said otherwise. */
  unusedMs?: number | undefined;
  /** The built window, served as the web viewer. */
  rendererDir: string;
  /** Of the door without TLS: `127.0.0.1` unless said otherwise, and always loopback. */
  host?: string | undefined;
  /** 0 takes a free one; default 37700. */
  port?: number | undefined;
  /** A second door with TLS, for other machines. */
  outside?: OutsideDoor | undefined;
  /** Of pages that may call and read answers; none unless said otherwise. */
  allowedOrigins?: readonly string[] | undefined;
  /** Claude Code's settings file that `hooks.install` merges into. */
  claudeSettingsFile: string;
  /** The folder of the built-in embedding model; the app's own unless said otherwise. */
  embedderDir?: string | undefined;
  /** Where keys are kept; without one there is no keychain. */
  secrets?: SecretStore | undefined;
  /** How long an agent waits for what is handed back to it; `contextTimeouts` unless said otherwise. */
  contextTimeouts?: ContextTimeouts | undefined;
  log: Logger;
}

/** The running memory: one database, one port, its threads. */
export interface Worker {
  readonly url: string;
  readonly port: number;
  /** Of the door with TLS; null without one. */
  readonly outsideUrl: string | null;
  readonly dataDir: string;
  readonly router: AppRouter;
  /** Of the window of the app itself, which is the owner's. */
  createContext(): ApiContext;
  status(): Promise<StatusView>;
  isPaused(): boolean;
  setPaused(paused: boolean): Promise<void>;
  /** Calls the listener with each event once it is durable; returns its stop. */
  onEvent(listener: (event: MemoryEvent) => void): () => void;
  /** An address that opens the web viewer once, within ten minutes. */
  viewerLink(): string;
  /** Resolves when it should be closed although nobody told the process to; only one that an agent started does. */
  readonly left: Promise<Leaving>;
  /** A person sees its window: from now on it is theirs, whoever started it. */
  adopt(): void;
  /** Stops taking requests, waits for what was received to be durable, closes everything. */
  close(): Promise<void>;
}
