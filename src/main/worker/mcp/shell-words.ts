/** Words as one line for the shell of the platform: sh, or the command prompt and PowerShell of Windows. */
export function shellLine(words: readonly string[], platform: NodeJS.Platform = process.platform): string {
  return words.map((word) => quoted(word, platform)).join(' ');
}

function quoted(word: string, platform: NodeJS.Platform): string {
  if (/^[\w@%+=:,./-]+$/.test(word) || (platform === 'win32' && /^[\w@+=:,./\\-]+$/.test(word))) return word;
  // A file's name has no double quote on Windows, and nothing else of ours has.
  if (platform === 'win32') return `"${word.replaceAll('"', '')}"`;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
