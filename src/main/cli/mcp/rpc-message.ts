/** JSON-RPC as far as a proxy has to understand it. */

export type RpcId = string | number;

export interface RpcMessage {
  jsonrpc: '2.0';
  id?: RpcId;
  method?: string;
  params?: Record<string, unknown>;
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
}

export const rpcCodes = { parse: -32_700, invalid: -32_600, params: -32_602, internal: -32_603 } as const;

/** Null for what is no message of JSON-RPC 2.0. */
export function readMessage(value: unknown): RpcMessage | null {
  if (!isObject(value) || value['jsonrpc'] !== '2.0') return null;
  const { id, method, params, error } = value;
  const message: RpcMessage = { jsonrpc: '2.0' };
  // Only an answer to what could not be read has none.
  if (id === null ? method !== undefined : id !== undefined) {
    if (!isId(id)) return null;
    message.id = id;
  }
  if (method !== undefined) {
    if (typeof method !== 'string') return null;
    message.method = method;
  }
  if (params !== undefined) {
    if (!isObject(params)) return null;
    message.params = params;
  }
  if ('result' in value) message.result = value['result'];
  if (isObject(error)) {
    const { code, message: text, data } = error;
    message.error = {
      code: typeof code === 'number' ? code : rpcCodes.internal,
      message: typeof text === 'string' ? text : '',
      ...(data === undefined ? {} : { data }),
    };
  }
  return message.method !== undefined || message.id !== undefined || message.error !== undefined ? message : null;
}

/** The id under which somebody waits for an answer to a request that is malformed; null when nobody does. */
export function idOf(value: unknown): RpcId | null {
  const id = isObject(value) && 'method' in value ? value['id'] : null;
  return isId(id) ? id : null;
}

/** JSON has numbers that are none here: 1e999. */
function isId(value: unknown): value is RpcId {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

export function rpcError(id: RpcId | null, code: number, message: string): object {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
