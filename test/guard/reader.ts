import { request } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Job } from '../../src/guard/guard.ts';
import type { Services } from '../../src/services.ts';
import { answersOf } from './answers.ts';

/** An extract job that asks one process of the app. Both give the numbers that are permitted, as often as they are. */
export type Reader = {
  check(numbers: readonly string[]): Promise<string[]>;
  /** `sent` is called when the whole input was given. */
  release(numbers: readonly string[], sent: () => void): Promise<string[]>;
};

/** A job that asks the guard of this process. */
export function readerHere({ guard }: Services, job: Job, extractId: string): Reader {
  return {
    async check(numbers) {
      const checked = await guard.check(job, extractId, numbers, 'text/plain');
      if (!checked.ok) throw new Error(checked.reason);
      return answersOf(checked).filter((answer) => answer !== null);
    },
    async release(numbers, sent) {
      const started = await guard.startRelease(job, extractId, 'text/csv');
      if (!started.ok) throw new Error(started.reason);
      const decision = await started.release.decide(slowFile(numbers, sent));
      if (!decision.ok) throw new Error(decision.reason);
      const output = (await buffer(decision.decided.content())).toString();
      await decision.decided.end('complete');
      return numbersIn(output);
    },
  };
}

/** A job that asks another process, over HTTP. */
export function readerAt(address: string, key: string, extractId: string): Reader {
  const post = async (what: string, type: string, body: AsyncIterable<Buffer>) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': type };
    const sending = request(`${address}/api/v1/extracts/${extractId}/${what}`, { method: 'POST', headers });
    const answer = new Promise<{ status: number; body: string }>((resolve, reject) => {
      sending.once('error', reject);
      sending.once('response', (response) => {
        text(response).then((all) => resolve({ status: response.statusCode ?? 0, body: all }), reject);
      });
    });
    await pipeline(body, sending);
    const { status, body: answered } = await answer;
    if (status !== 200) throw new Error(`${status} ${answered}`);
    return answered;
  };
  return {
    async check(numbers) {
      const lines = Buffer.from(numbers.map((number) => `${number}\n`).join(''));
      const answered = await post('checks', 'text/plain', only(lines));
      return answered.split('\n').filter((line) => line !== '');
    },
    release: async (numbers, sent) => numbersIn(await post('releases', 'text/csv', slowFile(numbers, sent))),
  };
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Two rows for everybody, slowly enough that others write meanwhile. */
async function* slowFile(numbers: readonly string[], sent: () => void): AsyncGenerator<Buffer> {
  yield Buffer.from('nhs_number,note\n');
  for (const note of ['first', 'second']) {
    for (const number of numbers) {
      yield Buffer.from(`${number},${note}\n`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  sent();
}

function numbersIn(output: string): string[] {
  const rows = output.split('\n').slice(1, -1);
  return rows.map((row) => row.slice(0, 10));
}
