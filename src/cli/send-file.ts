import { request as http, type IncomingMessage } from 'node:http';
import { request as https } from 'node:https';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** How long to wait to be asked for the file, in milliseconds: a proxy between may not pass the question on. */
const ASKED_WITHIN = 1000;

const LINE_FEED = 0x0a;

export type FileToSend = {
  readonly url: string;
  readonly key: string;
  readonly type: string;
  readonly content: Readable;
  /** In bytes; undefined when nobody knows. */
  readonly length: number | undefined;
  /** @param lines line ends so far: a row with a line break inside a cell counts as more than one */
  readonly onSent: (bytes: number, lines: number) => void;
};

/**
 * Sends a file and returns the answer as it begins. The file is sent when the server asks for it, so that a large
 * one is not sent for nothing.
 *
 * @throws when the server cannot be reached, the connection breaks, or the content cannot be read
 */
export function sendFile({ url, key, type, content, length, onSent }: FileToSend): Promise<IncomingMessage> {
  const req = (url.startsWith('https:') ? https : http)(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': type,
      Expect: '100-continue',
      ...(length !== undefined && { 'Content-Length': length }),
    },
  });
  return new Promise((resolve, reject) => {
    let sent = 0;
    let lines = 0;
    const counter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        sent += chunk.length;
        for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) lines++;
        onSent(sent, lines);
        done(null, chunk);
      },
    });
    let begun = false;
    const begin = () => {
      clearTimeout(impatience);
      if (begun) return;
      begun = true;
      // An answer that came before all was sent is one all the same; then this failure comes too late to count.
      pipeline(content, counter, req).catch(reject);
    };
    const impatience = setTimeout(begin, ASKED_WITHIN);
    req.once('continue', begin);
    req.once('response', (res) => {
      clearTimeout(impatience);
      if (!begun) content.destroy();
      resolve(res);
    });
    req.on('error', (error) => {
      clearTimeout(impatience);
      reject(error);
    });
    req.flushHeaders();
  });
}
