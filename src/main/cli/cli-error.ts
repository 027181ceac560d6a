/** What a command ends with; the numbers are part of the interface. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, notRunning: 3 } as const;

export type CliErrorCode =
  | 'WORKER_NOT_RUNNING'
  | 'WORKER_NOT_ANSWERING'
  | 'TOKEN_REFUSED'
  | 'TOKEN_UNREADABLE'
  | 'USAGE'
  | 'UNKNOWN_PROJECT'
  | 'AMBIGUOUS_PROJECT';

/** An expected failure: its message is a sentence in the person's language that says what to do. */
export class CliError extends Error {
  readonly code: CliErrorCode | (string & {});
  readonly exitCode: number;

  constructor(
    code: CliError['code'],
    message: string,
    exitCode: number = exitCodes.failed,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'CliError';
    this.code = code;
    this.exitCode = exitCode;
  }
}
