/** Where the worker takes hooks; with the marker header, this is how our own entries are recognised again. */
export const hookPath = '/hooks/claude-code';
export const markerHeader = 'X-Claude-Mem';

export interface HookTarget {
  /** Where the worker listens, for example `http://127.0.0.1:37700`. */
  url: string;
  captureToken: string;
}

interface HookEvent {
  name: string;
  /** Claude Code counts hook timeouts in seconds. */
  timeoutSeconds: number;
  /** SessionStart is never sent to an http hook; a `curl` without a shell in between takes its place. */
  via: 'http' | 'curl';
  /** Which tools it is sent for; all when left out. */
  matcher?: string;
}

/** The most that a person can set; the hook's own timeout lies above it, so that a changed setting needs no new installation. */
const longestPermissionWaitSeconds = 600;

/**
 * The hook events that are captured, in the order in which they are written.
 * PreToolUse tells nothing that PostToolUse does not: it is there to hand back a file's history, so only for tools that use a file.
 * Left out with reason: MessageDisplay fires for each streamed piece of text; WorktreeCreate would replace what git does.
 */
export const hookEvents: readonly HookEvent[] = [
  { name: 'SessionStart', timeoutSeconds: 5, via: 'curl' },
  { name: 'UserPromptSubmit', timeoutSeconds: 5, via: 'http' },
  { name: 'PreToolUse', timeoutSeconds: 2, via: 'http', matcher: 'Read|Edit|MultiEdit|Write|NotebookEdit' },
  { name: 'PostToolUse', timeoutSeconds: 3, via: 'http' },
  { name: 'PostToolUseFailure', timeoutSeconds: 3, via: 'http' },
  { name: 'PostToolBatch', timeoutSeconds: 3, via: 'http' },
  { name: 'PermissionRequest', timeoutSeconds: longestPermissionWaitSeconds + 10, via: 'http' },
  { name: 'PermissionDenied', timeoutSeconds: 3, via: 'http' },
  { name: 'SubagentStart', timeoutSeconds: 3, via: 'http' },
  { name: 'SubagentStop', timeoutSeconds: 3, via: 'http' },
  { name: 'PreCompact', timeoutSeconds: 3, via: 'http' },
  { name: 'PostCompact', timeoutSeconds: 3, via: 'http' },
  { name: 'Notification', timeoutSeconds: 3, via: 'http' },
  { name: 'Stop', timeoutSeconds: 3, via: 'http' },
  { name: 'StopFailure', timeoutSeconds: 3, via: 'http' },
  // The client waits for this one before it exits.
  { name: 'SessionEnd', timeoutSeconds: 2, via: 'http' },
];

/** The group that a handler stands in when it is written anew. */
export function hookGroup(event: HookEvent, target: HookTarget, marker: string): Record<string, unknown> {
  const handlers = [hookHandler(event, target, marker)];
  return event.matcher === undefined ? { hooks: handlers } : { matcher: event.matcher, hooks: handlers };
}

/** One handler as it is written into the settings file; `marker` is the value of the marker header. */
export function hookHandler(event: HookEvent, target: HookTarget, marker: string): Record<string, unknown> {
  const url = new URL(hookPath, target.url).href;
  const authorization = `Bearer ${target.captureToken}`;
  if (event.via === 'http') {
    const headers = { Authorization: authorization, [markerHeader]: marker };
    return { type: 'http', url, timeout: event.timeoutSeconds, headers };
  }
  const curl = ['-s', '--connect-timeout', '0.5', '--max-time', '3', '-X', 'POST'];
  const headers = ['-H', 'Content-Type: application/json', '-H', `Authorization: ${authorization}`];
  const args = [...curl, ...headers, '-H', `${markerHeader}: ${marker}`, '--data-binary', '@-', url];
  return { type: 'command', command: 'curl', args, timeout: event.timeoutSeconds };
}
