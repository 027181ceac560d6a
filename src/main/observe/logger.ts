/** Structured lines on stderr: one JSON object each, so that they can be filtered; never what a person or an agent wrote. */

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Record<string, string | number | boolean | null | undefined>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const order: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Writes one line, its end included, for each message at or above `minimum`. */
export function createLogger(minimum: LogLevel, write: (line: string) => void): Logger {
  const log = (level: LogLevel) => (message: string, fields?: LogFields) => {
    if (order[level] < order[minimum]) return;
    write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...fields })}\n`);
  };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

/** Any thrown thing as one line, with its chain of causes. */
export function toLogFormat(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const code = 'code' in thrown && typeof thrown.code === 'string' ? ` [${thrown.code}]` : '';
  const cause = thrown.cause === undefined ? '' : ` <- ${toLogFormat(thrown.cause)}`;
  return `${thrown.name}${code}: ${thrown.message}${cause}`;
}
