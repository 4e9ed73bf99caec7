import { readVerifier, type Verifier } from '../ledger/signed-note.ts';

/** The keys that an option gives, one after the other: after a change of key, the old and the new. */
export function readVerifiers(text: string): Verifier[] | undefined {
  const read = text.split(/\s+/).filter(Boolean).map(readVerifier);
  const found = read.filter((verifier) => verifier !== undefined);
  return found.length > 0 && found.length === read.length ? found : undefined;
}

export const NO_KEY =
  'The key makes no sense. Copy it, whole, from the notice board or the page of the public log.';
