import { createHash } from 'node:crypto';

/** What sets the stage for a program and is not what runs. */
const stage = /^(?:(?:cd|pushd|source|export|set)\b[^&;|]*(?:&&|;)\s*)+/;
const environment = /^(?:(?:env\s+)?[A-Za-z_]\w*=\S*\s+|(?:sudo|time|nohup|command|exec|timeout\s+\S+)\s+)+/;
/** What only changes how much of the output is seen. */
const view = /\s*(?:2>&1|&>\s*\S+|[12]?>{1,2}\s*\S+|\|\s*(?:tail|head|tee|cat|less|grep|rg|sed|awk)\b[^|&;]*)+\s*$/;
const verbosity =
  /\s--?(?:verbose|silent|quiet|v{1,3}|q|s|color|colors|no-color|reporter(?:=\S+|\s+\S+)?|watch=false|no-watch|ci)(?=\s|$)/g;

/** The command as it is recognised again: without where and how loud it is run. */
export function commandKey(command: string): string {
  let key = command.replaceAll('\\\n', ' ').replaceAll(/\s+/g, ' ').trim();
  for (let before = ''; before !== key;) {
    before = key;
    key = key.replace(stage, '').replace(environment, '').replace(view, '').trim();
  }
  return key
    .replaceAll(verbosity, '')
    .replace(/^(npm|pnpm|yarn|bun) (?:run )?(t|test|tst)(?=\s|$)/, '$1 test')
    .replace(/^(?:npx|pnpm exec|pnpm dlx|bunx|yarn dlx) /, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** What the agent said that the command is for, without that it does so again; empty when it is too short to tell anything. */
export function purposeKey(description: string): string {
  const key = description
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\bre-?run(?:ning)?\b/g, 'run')
    .replaceAll(/\bre-?(test|build|check|start)/g, '$1')
    .replaceAll(
      /\b(?:again|once more|another time|this time|now|the|a|an|to (?:confirm|verify|check)(?: .*)?|after (?:the )?(?:fix|change|edit)s?)\b|再次|重新|再|一次|一遍|重跑|确认/g,
      ' ',
    )
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const enough = /\p{Script=Han}/u.test(key) ? key.length >= 4 : key.split(' ').length >= 2;
  return enough ? key : '';
}

/** Short and stable; for origins. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
