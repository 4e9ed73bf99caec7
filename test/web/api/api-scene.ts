import type { OutgoingHttpHeaders } from 'node:http';
import type { Outside } from '../../../src/services.ts';
import { manager, openScene, type Scene } from '../../guard/scene.ts';
import { type Answer, send } from './send.ts';

/** A practice with patients, an extract and a key for it (test/guard/scene.ts), reached over HTTP. */
export type ApiScene = Scene & {
  readonly address: string;
  readonly key: string;
  /** Makes a key, and returns it. */
  makeKey(
    extracts: readonly string[],
    different?: { practiceId?: string; expiresAt?: Date },
  ): Promise<string>;
  /** Sends a request with the key of the scene. */
  ask(method: string, path: string, sent?: Sent): Promise<Answer>;
  /** Sends a CSV file through the guard. */
  release(csv: string | Buffer, headers?: OutgoingHttpHeaders, extract?: string): Promise<Answer>;
  /** What the API says of a release. */
  found(id: unknown): Promise<Record<string, unknown>>;
};

type Sent = { headers?: OutgoingHttpHeaders; body?: string | Buffer };

export async function openApiScene(
  settings: Record<string, string> = {},
  outside: Pick<Outside, 'decide'> = {},
): Promise<ApiScene> {
  const scene = await openScene(settings, outside);
  const { services, practiceId } = scene;
  const address = await scene.registry.listen();
  const makeKey: ApiScene['makeKey'] = async (extracts, different = {}) => {
    const expiresAt = new Date('2027-06-01T00:00:00.000Z');
    const made = await services.keys.make(
      { practiceId, name: 'Job', extracts, expiresAt, ...different },
      manager,
    );
    if (!made.ok) throw new Error(made.reason);
    return made.key;
  };
  const key = await makeKey(['research']);
  const authorization = `Bearer ${key}`;
  const ask = (method: string, path: string, { headers = {}, body = '' }: Sent = {}) =>
    send(`${address}/api/v1${path}`, { method, body, headers: { authorization, ...headers } });
  return {
    ...scene,
    address,
    key,
    makeKey,
    ask,
    release: (csv, headers = {}, extract = 'research') =>
      ask('POST', `/extracts/${extract}/releases`, {
        headers: { 'content-type': 'text/csv', ...headers },
        body: csv,
      }),
    found: async (id) => (await ask('GET', `/releases/${id}`)).json,
  };
}
