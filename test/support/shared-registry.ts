import { atEndOfFile } from './end-of-file.ts';
import { openRegistry, type Registry } from './registry.ts';

export type SharedRegistry = { readonly registry: Registry; readonly address: string };

let shared: Promise<SharedRegistry> | undefined;
let clock: () => Date = () => new Date();

/**
 * One registry, served, for all tests of a file, each of which adds a practice of its own to it: practices see nothing
 * of each other. Closed, and the ledger of each verified, at the end of the file.
 * @param now what the registry goes by from now on
 */
export function sharedRegistry(now: () => Date): Promise<SharedRegistry> {
  clock = now;
  shared ??= open();
  return shared;
}

async function open(): Promise<SharedRegistry> {
  const registry = await openRegistry({}, { now: () => clock() });
  atEndOfFile(async () => {
    shared = undefined;
    await registry.close();
  });
  return { registry, address: await registry.listen() };
}
