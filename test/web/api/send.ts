import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** An answer of the API, whole. */
export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON, an empty object when it is none. */
  readonly json: Record<string, unknown>;
};

/** Sends one request on a connection of its own, and takes the whole answer. An undefined header is not sent. */
export function send(
  url: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: OutgoingHttpHeaders; body?: string | Buffer },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    const req = request(url, { method, headers: given, agent: false }, (res) => {
      buffer(res).then((body) => resolve(answer(res.statusCode ?? 0, res.headers, body.toString())), reject);
    });
    req.on('error', reject);
    req.end(body);
  });
}

function answer(status: number, headers: IncomingHttpHeaders, text: string): Answer {
  const isJson = /[/+]json\b/.test(headers['content-type'] ?? '');
  return { status, headers, text, json: isJson && text ? (JSON.parse(text) as Record<string, unknown>) : {} };
}
