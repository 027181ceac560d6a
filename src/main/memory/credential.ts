const given =
  /\b(?:password|passphrase|passcode|pin(?: code)?|secret(?: key)?|api[ -]?key|(?:access|auth|bearer) token|credentials?)\b[^.,;]{0,24}(?:\bis\b|\bare\b|[:=])\s*(?!(?:stored|kept|in|not|never|always|required|set|missing|wrong|invalid|empty|the|an?|hashed|encrypted|expired|read|taken|checked|rotated|optional|needed)\b)\S|(?:密码|口令|密钥|令牌|验证码)(?:是|为|：|:|=)\s*(?!空|否|不|什么|错)\S/iu;

/** “The password is …”: the value of a credential in words, which no pattern of a token can tell; nobody wants it in a title or a rule. */
export function givesCredential(sentence: string): boolean {
  return given.test(sentence);
}
