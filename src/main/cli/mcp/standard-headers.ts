import { isObject, type RpcMessage } from './rpc-message.ts';

export const modernRevision = 'io.modelcontextprotocol/protocolVersion';

/** Revisions from 2026 on repeat in the headers what a request is about. */
export function standardHeaders({ method, params }: RpcMessage): Record<string, string> {
  const meta = params?.['_meta'];
  const revision = isObject(meta) ? meta[modernRevision] : null;
  if (typeof revision !== 'string' || method === undefined) return {};
  const name = params?.['name'] ?? params?.['uri'];
  return {
    'mcp-protocol-version': revision,
    'mcp-method': method,
    ...(typeof name === 'string' ? { 'mcp-name': name } : {}),
  };
}

/** Why no request can be made of a message, which is no fault of the connection; null when one can. */
export function faultOf(message: RpcMessage): string | null {
  try {
    JSON.stringify(message);
  } catch {
    return 'This message is nested too deeply.';
  }
  try {
    void new Headers(standardHeaders(message));
    return null;
  } catch {
    return 'The name, address or revision in this message has characters that no header can hold.';
  }
}
