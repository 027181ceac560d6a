// Answers each address with the bytes that a file has for it: what HTTP itself costs. Plain JavaScript, as bare-server.mjs.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const answers = new Map(
  Object.entries(JSON.parse(readFileSync(process.argv[2], 'utf8'))).map(([path, text]) => [path, Buffer.from(text)]),
);
const server = createServer((request, response) => {
  const body = answers.get(request.url);
  if (body === undefined) return response.writeHead(404).end();
  return response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ event: 'ready', url: `http://127.0.0.1:${server.address().port}` }));
});
process.once('SIGTERM', () => process.exit(0));
