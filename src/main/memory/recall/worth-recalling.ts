import { isMachinePrompt } from '../../../shared/machine-prompt.ts';

/** Fewer characters say too little to look for: Latin letters and digits, or CJK characters, which each say more. */
const fewestLetters = 8;
const fewestCjk = 4;

/** What people say to keep an agent going; nothing in the memory is about it. */
const smallTalk =
  /^(?:(?:please|pls|ok(?:ay)?|yes|yep|yeah|no|nope|sure|thanks?(?: you)?|thx|great|good|nice|perfect|cool|hi|hello|hey|go(?: on| ahead)?|continue|proceed|carry on|keep going|next|do it|try again|again|retry|stop|wait|done|lgtm|looks good|sounds good|that works|commit(?: it| this)?|push(?: it)?|run it|fix it|undo|revert)[\s,.!?]*)+$/i;
const smallTalkCjk =
  /^(?:继续|接着|好的?|可以|行|是的?|对的?|不是?|不用|谢谢|多谢|辛苦了?|你好|您好|嗯+|没问题|没错|开始吧?|下一步|下一个|再试(?:一次|试)?|重试|停|等等|算了|就这样|做吧|请|吧|了|提交|推送|运行|执行|修复它?|[\s,，.。!！?？~～])+$/;

/** Whether a prompt says something that can be looked for: no slash command, no text of the client, no small talk. */
export function isWorthRecalling(prompt: string): boolean {
  const text = prompt.trim();
  if (text.startsWith('/') && /^\/[\w:-]+(?:\s|$)/.test(text)) return false;
  if (text.startsWith('!') || isMachinePrompt(text)) return false;
  if (text.length < 120 && (smallTalk.test(text) || smallTalkCjk.test(text))) return false;
  const cjk = text.match(/[\u3400-\u9FFF\u3040-\u30FF\uAC00-\uD7AF]/g)?.length ?? 0;
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return cjk >= fewestCjk || letters >= fewestLetters;
}
