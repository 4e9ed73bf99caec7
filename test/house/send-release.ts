import { type IncomingMessage, request } from 'node:http';

/** What of an answer arrived before it ended, or was broken off. */
export type Arrived = {
  readonly status: number;
  readonly releaseId: string | undefined;
  readonly text: string;
  readonly whole: boolean;
};

/**
 * Sends a file through the guard and keeps whatever arrives, also of an answer that is broken off.
 *
 * @param waitMs how long it waits before it takes the next piece of the answer
 */
export function sendRelease(
  url: string,
  key: string,
  input: string | AsyncIterable<string>,
  waitMs = 0,
): Promise<Arrived> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/csv' };
    const sent = request(url, { method: 'POST', headers, agent: false });
    sent.on('error', reject);
    sent.on('response', (answer) => resolve(collect(answer, waitMs)));
    if (typeof input === 'string') sent.end(input);
    else write(sent, input).catch(reject);
  });
}

async function write(sent: ReturnType<typeof request>, pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) sent.write(piece);
  sent.end();
}

async function collect(answer: IncomingMessage, waitMs: number): Promise<Arrived> {
  const parts: Buffer[] = [];
  const whole = await new Promise<boolean>((resolve) => {
    answer.on('data', (part: Buffer) => {
      parts.push(part);
      if (waitMs === 0) return;
      answer.pause();
      setTimeout(() => answer.resume(), waitMs);
    });
    answer.on('end', () => resolve(answer.complete));
    answer.on('error', () => resolve(false));
  });
  const releaseId = answer.headers['release-id'];
  return {
    status: answer.statusCode ?? 0,
    releaseId: typeof releaseId === 'string' ? releaseId : undefined,
    text: Buffer.concat(parts).toString(),
    whole,
  };
}
