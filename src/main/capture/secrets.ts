/**
 * What a secret looks like. Patterns go by the shape of the value, never by a bare word such as "password", which would
 * black out half of any login code. None has
 * nested quantifiers, and each begins where a run of its characters begins, so hostile text cannot make it slow.
 */
interface SecretPattern {
  kind: string;
  pattern: RegExp;
  /** What stays of the match, with `$1`… for what surrounds the value. */
  replacement: string;
}

const known = (kind: string, pattern: RegExp): SecretPattern => ({ kind, pattern, replacement: `[REDACTED:${kind}]` });

const within = (kind: string, pattern: RegExp, before = '$1', after = ''): SecretPattern => ({
  kind,
  pattern,
  replacement: `${before}[REDACTED:${kind}]${after}`,
});

const patterns: readonly SecretPattern[] = [
  // A key block may be cut at either end by elision, so the missing half is the end of the text.
  known(
    'private_key',
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  ),
  known('private_key', /^[A-Za-z0-9+/=\s]{64,}-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g),
  known('anthropic_key', /\bsk-ant-[A-Za-z0-9_-]{16,}/g),
  known('openai_key', /\bsk-(?:proj-|svcacct-|admin-|or-v1-)?[A-Za-z0-9_-]{20,}/g),
  known('aws_key_id', /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g),
  known('github_token', /\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{22,255})\b/g),
  known('gitlab_token', /\bgl(?:pat|ptt|dt|rt|cbt|soat)-[A-Za-z0-9_-]{20,}/g),
  known('slack_token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bxapp-\d-[A-Za-z0-9-]{10,}/g),
  known('slack_webhook', /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]{20,}/g),
  known('google_key', /\bAIza[A-Za-z0-9_-]{35}/g),
  known('google_token', /\bya29\.[A-Za-z0-9_-]{20,}|\bGOCSPX-[A-Za-z0-9_-]{20,}/g),
  known('stripe_key', /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9]{24,}/g),
  known('npm_token', /\bnpm_[A-Za-z0-9]{36}\b/g),
  known('pypi_token', /\bpypi-AgE[A-Za-z0-9_-]{40,}/g),
  known('huggingface_token', /\bhf_[A-Za-z0-9]{30,}/g),
  known('sendgrid_key', /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g),
  known('digitalocean_token', /\bdo[opr]_v1_[a-f0-9]{64}\b/g),
  known('telegram_token', /\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b/g),
  known('memory_token', /\bcm[oc]_[A-Za-z0-9_-]{43}/g),
  known('jwt', /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,4000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,4000}/g),
  within('password', /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@'"]{0,100}:)[^\s/@'"]{1,200}(?=@)/gi),
  within('authorization', /(\bauthorization["']?\s*[:=]\s*["']?(?:bearer|basic|token)\s+)[A-Za-z0-9._~+/=-]{8,}/gi),
  within('azure_key', /(\b(?:AccountKey|SharedAccessKey)=)[A-Za-z0-9+/=]{20,}/g),
  // NAME=value as in an .env file or an export: the name says secret, the value has no spaces and is no code.
  within(
    'env_value',
    /(\b[A-Z][A-Z0-9_]{0,60}(?:KEY|SECRET|TOKEN|PASSWORD|PASSWD|PWD|CREDENTIALS?|DSN)[A-Z0-9_]{0,20}\s*=\s*["']?)(?!\[REDACTED)[^\s"'$`<>(){};,]{6,500}/g,
  ),
  // "name": "value" and name = 'value' with quotes, of at least eight characters with a digit among them.
  within(
    'secret',
    /(\b(?:api[_-]?key|apikey|secret(?:[_-]?(?:key|access[_-]?key))?|client[_-]?secret|access[_-]?token|auth[_-]?token|refresh[_-]?token|passw(?:or)?d|private[_-]?key)["']?\s*[:=]\s*["'])(?!\[REDACTED)(?=[^"'\n]{0,200}\d)[^"'\s]{8,500}(?=["'])/gi,
  ),
];

/** One quick look that nearly every text fails, so that the patterns above seldom run. */
const suspicion =
  /-----(?:BEGIN|END)|sk-|sk_|rk_|pk_|A(?:KIA|SIA|BIA|CCA)|gh[pousr]_|github_pat_|gl(?:pat|ptt|dt|rt|cbt|soat)-|xox|xapp-|hooks\.slack|AIza|ya29|GOCSPX|whsec_|npm_|pypi-|hf_|SG\.|do[opr]_v1|:AA|cm[oc]_|eyJ|:\/\/[^\s/]{0,120}@|uthorization|UTHORIZATION|AccessKey=|AccountKey=|KEY|SECRET|TOKEN|PASS|PWD|CREDENTIAL|DSN|[kK]ey|[sS]ecret|[tT]oken|[pP]assw/;

/** Puts `[REDACTED:kind]` in place of each secret. */
export function redactSecrets(text: string): string {
  if (!suspicion.test(text)) return text;
  let clean = text;
  for (const { pattern, replacement } of patterns) clean = clean.replace(pattern, replacement);
  return clean;
}

// With the line numbers that a reading tool puts before each line; a quoted value may go on over several lines.
const envAssignment =
  /^(\s*(?:\d+[→\t]\s*)?(?:export\s+)?[A-Za-z_][A-Za-z0-9_.]*\s*=[^\S\n]*)(?!\s*$)(?:"(?:[^"\\]|\\.)*"?|'[^']*'?|.+).*$/gm;

/** For the content of an `.env` file: every value goes, whatever it looks like. */
export function redactEnvFile(text: string): string {
  return text.replaceAll(envAssignment, '$1[REDACTED:env_value]');
}

/** By its name alone: `.env`, `.env.local`, `prod.env`; examples and templates hold no secrets and are none. */
export function isEnvFile(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return /^\.env(?:\..+)?$|\.env$/.test(name) && !/\.(?:example|sample|template)$/.test(name);
}

const privateTag = /<\s*(\/?)\s*private\b[^<>]*>/gi;

/**
 * Drops `<private>…</private>`, tags included. Blocks may lie in each other; one that is never closed hides all that
 * follows: better too much than a leak.
 */
export function dropPrivate(text: string): string {
  if (!/<\s*private\b/i.test(text)) return text;
  let kept = '';
  let depth = 0;
  let from = 0;
  for (const tag of text.matchAll(privateTag)) {
    const closes = tag[1] === '/';
    if (depth === 0 && closes) continue;
    if (depth === 0) kept += text.slice(from, tag.index);
    depth += closes ? -1 : 1;
    from = tag.index + tag[0].length;
  }
  return depth === 0 ? kept + text.slice(from) : kept;
}
