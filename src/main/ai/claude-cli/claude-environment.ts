/**
 * What the program may know of the worker's environment: where a person's login and certificates are, how to reach the network,
 * and whom it asks. Everything else stays behind, above all what tells it that it runs inside another session of its own.
 */
const allowed = [
  /^(?:HOME|USER|LOGNAME|PATH|SHELL|LANG|LC_\w+|TZ|TERM)$/i,
  /^(?:TMPDIR|TEMP|TMP|XDG_\w+|DBUS_SESSION_BUS_ADDRESS)$/i,
  /^(?:SystemRoot|SystemDrive|ComSpec|PATHEXT|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|ProgramData|ProgramFiles.*)$/i,
  /^(?:HTTPS?_PROXY|NO_PROXY|ALL_PROXY|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS)$/i,
  /^ANTHROPIC_\w+$/,
  /^CLAUDE_CONFIG_DIR$/,
  /^CLAUDE_CODE_(?:OAUTH_TOKEN|USE_\w+|SKIP_\w+_AUTH|CLIENT_\w+)$/,
  /^(?:AWS|GOOGLE|GCLOUD|VERTEX|AZURE)_\w+$/,
  /^CLOUD_ML_REGION$/,
];

/** One request, no thinking, nothing but the answer, nothing on disk. */
const quiet: Record<string, string> = {
  // No CLAUDE.md, skills, plugins, hooks or servers of the person's; older programs do not know it, the arguments do most of it.
  CLAUDE_CODE_SAFE_MODE: '1',
  CLAUDE_CODE_DISABLE_CLAUDE_MDS: '1',
  CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1',
  // A file's name behind an @ in the material would be read and sent along.
  CLAUDE_CODE_DISABLE_ATTACHMENTS: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  // The queue tries again, and says when.
  CLAUDE_CODE_MAX_RETRIES: '0',
  MAX_THINKING_TOKENS: '0',
  // Some models think whatever they are told; then little.
  CLAUDE_CODE_EFFORT_LEVEL: 'low',
  DISABLE_TELEMETRY: '1',
  DISABLE_ERROR_REPORTING: '1',
  DISABLE_AUTOUPDATER: '1',
};

/** The environment of one run of the `claude` program. */
export function claudeEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  maxOutputTokens: number,
): Record<string, string> {
  const own = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && allowed.some((pattern) => pattern.test(entry[0])),
  );
  return { ...Object.fromEntries(own), ...quiet, CLAUDE_CODE_MAX_OUTPUT_TOKENS: String(maxOutputTokens) };
}
