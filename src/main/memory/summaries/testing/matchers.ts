import { expect } from 'vitest';

/** vitest's matchers, which it types as any, for the properties of an expected object. */
export const saying = (text: string): unknown => expect.stringContaining(text);
export const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const among = (...items: unknown[]): unknown => expect.arrayContaining(items);
