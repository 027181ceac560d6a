/** Prompts that no person typed: what commands print, notices of the client, the summary after a compaction. */
const machineMade =
  /^\s*<(?:command-name|command-message|local-command-|task-notification|system-reminder|bash-)|^Caveat: The messages below|^This session is being continued from a previous conversation|^\[Request interrupted/;

/** Whether the client wrote it and no person typed it, judged by how it begins; when in doubt a person did. */
export function isMachinePrompt(text: string): boolean {
  return machineMade.test(text);
}
