import { createHash } from 'node:crypto';
import { canonicalJson, type Json, type JsonObject } from '../ledger/jcs.ts';
import { type Content, type ContentName, contentNames } from './registered-version.ts';

/**
 * What may be corrected without a new approval: how the extract is called here, whom to ask at the recipient, and how
 * often it runs. Everything else that can be edited is, or says more of, what product.md names: recipient, purpose,
 * ground, references, fields and dates.
 */
export const detailNames = ['name', 'contact', 'frequency'] as const satisfies readonly ContentName[];
export type Details = Pick<Content, (typeof detailNames)[number]>;

/** Whether a change of this needs a new approval. */
export function needsApproval(name: ContentName): boolean {
  return !(detailNames as readonly string[]).includes(name);
}

/** What is different in `after`, in the order in which it is shown. */
export function differences(before: Content, after: Content): ContentName[] {
  const [one, other] = [entryContent(before), entryContent(after)];
  return contentNames.filter(
    (name) => canonicalJson(one[name] ?? null) !== canonicalJson(other[name] ?? null),
  );
}

/**
 * What somebody looked at, in 16 characters: an approval carries it, so that nobody approves what they did not see.
 */
export function digestOf(content: Content): string {
  return createHash('sha256')
    .update(canonicalJson(entryContent(content)))
    .digest('hex')
    .slice(0, 16);
}

/** The content as a ledger entry can hold it: shares are text, such as "0.2". */
function entryContent(content: Content): JsonObject {
  const { stops } = content;
  const limits = Object.entries(stops).map(([rule, limit]) => [rule, limit === null ? null : String(limit)]);
  const rest = Object.fromEntries(contentNames.map((name) => [name, plain(content[name])]));
  return { ...rest, stops: Object.fromEntries(limits) };
}

/** A copy made of nothing but JSON. */
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null));

/**
 * What the ledger says of a version: all of it, for nothing of it is about a patient. But whom to ask at the recipient
 * is a person's name, which no entry holds: only whether one is given.
 */
export function registeredEntry(extractId: string, version: number, content: Content): JsonObject {
  return {
    ...entryContent(content),
    contact: content.contact !== null && content.contact !== '',
    extract: extractId,
    version,
    content: digestOf(content),
  };
}
