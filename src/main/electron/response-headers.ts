import { pageHeaders } from '../../shared/page-headers.ts';

/** Sent with every answer of the window's scheme. */
export const responseHeaders: Readonly<Record<string, string>> = { ...pageHeaders, 'cache-control': 'no-cache' };
