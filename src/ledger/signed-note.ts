import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Whoever signs notes under a name, as those know them who check. */
export type Verifier = {
  readonly name: string;
  /** Four bytes that tell one key of the name from another. */
  readonly id: Buffer;
  readonly publicKey: KeyObject;
};

const ED25519 = 1;
const KEY_BYTES = 32;
const ID_BYTES = 4;
/** No spaces and no plus: C2SP signed-note, "Key names". */
const NAME = /^[^\s+]+$/u;

/** A key as text, to print and to give to a checking tool: `<name>+<id>+<key>` (C2SP signed-note, "vkey"). */
export function verifierText(name: string, publicKey: KeyObject): string {
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const typed = Buffer.concat([Buffer.of(ED25519), raw]);
  return `${name}+${keyId(name, typed).toString('hex')}+${typed.toString('base64')}`;
}

/** Reads what `verifierText` wrote; undefined for anything else, and for a key whose id is not its own. */
export function readVerifier(text: string): Verifier | undefined {
  const [name = '', hex = '', ...rest] = text.trim().split('+');
  const typed = fromBase64(rest.join('+'));
  if (!NAME.test(name) || typed?.[0] !== ED25519 || typed.length !== 1 + KEY_BYTES) return undefined;
  const id = keyId(name, typed);
  if (id.toString('hex') !== hex) return undefined;
  const x = typed.subarray(1).toString('base64url');
  return { name, id, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) };
}

function keyId(name: string, typedKey: Uint8Array): Buffer {
  return createHash('sha256').update(`${name}\n`, 'utf8').update(typedKey).digest().subarray(0, ID_BYTES);
}

/** Signs a text, which ends with a line end. Ed25519: the same key and text give the same 64 bytes. */
export function signText(text: string, privateKey: KeyObject): Buffer {
  return sign(null, Buffer.from(text, 'utf8'), privateKey);
}

/** Whether the signature is the verifier's over the text. */
export function isSignature(text: string, signature: Uint8Array, { publicKey }: Verifier): boolean {
  return verify(null, Buffer.from(text, 'utf8'), publicKey, signature);
}

/** The note: the text, an empty line, and a line with the signature. */
export function signedNote(text: string, { name, id }: Verifier, signature: Uint8Array): string {
  return `${text}\n\u2014 ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
}

export type OpenedNote =
  | { readonly ok: true; readonly text: string; readonly by: Verifier }
  | { readonly ok: false; readonly reason: 'not-a-note' | 'not-signed' | 'wrong-signature' };

/**
 * Takes the text out of a note that one of the verifiers signed. Signatures of others are passed over; a wrong one of
 * a key that is known refuses the note, whatever else is on it (C2SP signed-note, "Verification").
 */
export function openNote(note: string, known: readonly Verifier[]): OpenedNote {
  const end = note.lastIndexOf('\n\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids them
  if (end < 0 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f\ufffd]/u.test(note))
    return refused('not-a-note');
  const text = note.slice(0, end + 1);
  const lines = note
    .slice(end + 2, -1)
    .split('\n')
    .map(readLine);
  let by: Verifier | undefined;
  for (const line of lines) {
    if (line === undefined) return refused('not-a-note');
    const verifier = known.find(({ name, id }) => name === line.name && id.equals(line.id));
    if (verifier === undefined) continue;
    if (!isSignature(text, line.signature, verifier)) return refused('wrong-signature');
    by ??= verifier;
  }
  return by === undefined ? refused('not-signed') : { ok: true, text, by };
}

const refused = (reason: 'not-a-note' | 'not-signed' | 'wrong-signature') => ({ ok: false as const, reason });

function readLine(line: string): { name: string; id: Buffer; signature: Buffer } | undefined {
  const [, name = '', base64 = ''] = /^\u2014 ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = fromBase64(base64);
  if (name === '' || bytes === undefined || bytes.length <= ID_BYTES) return undefined;
  return { name, id: bytes.subarray(0, ID_BYTES), signature: bytes.subarray(ID_BYTES) };
}

/** Bytes of base64 with its padding; undefined when it is not the one way to write them. */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
