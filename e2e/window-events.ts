const cwd = '/home/dev/window-demo';

interface ToolCall {
  tool: string;
  input: object;
  result?: unknown;
  error?: string;
}

let calls = 0;

/** The events of a new session with its first prompt, as Claude Code's hooks send them. */
export function promptEvents(session: string, prompt: string, folder = cwd): object[] {
  const base = { session_id: session, transcript_path: '', cwd: folder };
  return [
    { ...base, hook_event_name: 'SessionStart', source: 'startup' },
    {
      ...base,
      hook_event_name: 'UserPromptSubmit',
      prompt_id: `${session}-prompt`,
      permission_mode: 'default',
      prompt,
    },
  ];
}

/** The event of a finished tool call; one with an error is a failure. */
export function toolEvent(session: string, { tool, input, result, error }: ToolCall): object {
  calls += 1;
  return {
    session_id: session,
    transcript_path: '',
    cwd,
    prompt_id: `${session}-prompt`,
    hook_event_name: error === undefined ? 'PostToolUse' : 'PostToolUseFailure',
    tool_name: tool,
    tool_input: input,
    tool_use_id: `toolu_${session}_${calls}`,
    duration_ms: 42,
    ...(error === undefined ? { tool_response: result } : { error, is_interrupt: false }),
  };
}
