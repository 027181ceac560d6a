import type { Scenario } from './scenario.ts';

const keys = /AKIA[0-9A-Z]{16}|sk-ant-[A-Za-z0-9_-]{20,}/g;
const privateBlock = /<private>([\s\S]*?)<\/private>/g;

/** What of a scenario's prompts must never reach the disk: keys, and what stands in private blocks. */
export function secretsOf({ prompts }: Scenario): string[] {
  return prompts.flatMap(({ prompt }) => {
    const blocks = [...prompt.matchAll(privateBlock)].map((match) => match[1] ?? '');
    return [...(prompt.match(keys) ?? []), ...blocks, ...blocks.flatMap((block) => block.split(/\s+/))];
  });
}

/** A prompt as it may be kept, with every redaction written alike. */
export function asKept(prompt: string): string {
  return prompt
    .replaceAll(privateBlock, '')
    .replaceAll(keys, '[REDACTED]')
    .replaceAll(/\[REDACTED:[^\]]+\]/g, '[REDACTED]')
    .replaceAll(/\[private[^\]]*\]/g, '')
    .trim();
}
