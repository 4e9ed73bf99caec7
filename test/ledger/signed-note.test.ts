import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkpointText, openCheckpoint, readCheckpoint } from '../../src/ledger/checkpoint.ts';
import {
  openNote,
  readVerifier,
  signedNote,
  signText,
  type Verifier,
  verifierText,
} from '../../src/ledger/signed-note.ts';
import { bytes, roots } from './rfc6962-vectors.ts';

/** From C2SP signed-note, "Format". */
const c2sp = {
  verifier: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  text: 'This is an example message.\n',
  line: '\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
};
/** A key of which the private part is known, and a checkpoint signed with it by another program. */
const known = {
  seed: '4967b9e03bd3f9b0d57fb4bb565555d506bfab6cdd8dbe32bc6cd179543473d4',
  verifier: 'registry.example/practice/A81001+685d9ab9+AeISGTiz7B3k4ICiN5OfTmYc/F5BIXZsk7Ky3R9IF+4b',
  note: 'registry.example/practice/A81001\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\n\u2014 registry.example/practice/A81001 aF2aubIeZyykZr/jkhuxbeQCJT9usFj7IqO+k/uWLcOKml4bLGtj1U+UmLRFuWsm9H/sAHaf3TGKpKHDRlQ1/Lfaswc=\n',
};
/** A cosignature of a witness, of a kind that we do not read. */
const witness =
  '\u2014 witness.example/w1 B9q2cAAAAABkGFDL0w1/MXDdpx5WggqKQbrEd0ciFietWeJZgZLg3XD32rjvGu5h0q3ax1jCvXek4jwYo0IeB6sewMP1OIG0fILxDA==\n';

const verifier = (text: string) => readVerifier(text) as Verifier;
const ours = [verifier(known.verifier)];

describe('a verifier', () => {
  test('is written as others write it', () => {
    const der = Buffer.concat([
      Buffer.from('302e020100300506032b657004220420', 'hex'),
      Buffer.from(known.seed, 'hex'),
    ]);
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    expect(verifierText(ours[0]?.name ?? '', createPublicKey(privateKey))).toBe(known.verifier);
    const head = { origin: 'registry.example/practice/A81001', size: 8, root: bytes(roots[8] ?? '') };
    const text = checkpointText(head);
    expect(signedNote(text, verifier(known.verifier), signText(text, privateKey))).toBe(known.note);
  });

  test.each([
    ['another id', known.verifier.replace('685d9ab9', '685d9ab8')],
    ['another name', known.verifier.replace('A81001', 'A81002')],
    ['another kind of key', known.verifier.replace('+Ae', '+BO')],
    ['half of it', known.verifier.slice(0, -10)],
    ['nothing', ''],
  ])('with %s is none', (_, text) => {
    expect(readVerifier(text)).toBeUndefined();
  });
});

describe('a note', () => {
  test('of the specification opens, and one that others signed too', () => {
    const note = `${c2sp.text}\n${c2sp.line}`;
    expect(openNote(note, [verifier(c2sp.verifier)])).toMatchObject({ ok: true, text: c2sp.text });
    expect(openNote(note + witness, [verifier(c2sp.verifier)])).toMatchObject({ ok: true });
  });

  test.each([
    ['another text', known.note.replace('\n8\n', '\n9\n'), 'wrong-signature'],
    ['another root', known.note.replace('XcnaeacG', 'XcnaeacH'), 'wrong-signature'],
    ['a signature that is not its own', known.note.replace('aF2aubIe', 'aF2aubIf'), 'wrong-signature'],
    ['a stranger\u2019s signature alone', known.note.replace(/\u2014 .*\n/, witness), 'not-signed'],
    ['no signature', known.note.slice(0, known.note.indexOf('\u2014')), 'not-a-note'],
    ['no end', known.note.slice(0, -1), 'not-a-note'],
    ['a line that is no signature', `${known.note}hello\n`, 'not-a-note'],
    ['a control character', known.note.replace('A81001\n8', 'A81001\r\n8'), 'not-a-note'],
    ['nothing', '', 'not-a-note'],
  ])('with %s is refused', (_, note, reason) => {
    expect(openNote(note, ours)).toEqual({ ok: false, reason });
  });
});

describe('a checkpoint', () => {
  test('is read, lines of others passed over', () => {
    expect(openCheckpoint(known.note, ours)).toMatchObject({ ok: true, checkpoint: { size: 8 } });
    const [text = ''] = known.note.split('\n\n');
    expect(readCheckpoint(`${text}\nsomething of theirs\n`)).toMatchObject({ size: 8 });
  });

  test.each([
    'a\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=',
    'a\n08\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n',
    'a\n-8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n',
    'a\n9007199254740993\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n',
    'a\n8\nXcnaeacGWamtVZy3Ad7Zoqudgjqt\n',
    '\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n',
    'a\n8\n',
  ])('%j is none', (text) => {
    expect(readCheckpoint(text)).toBeUndefined();
  });
});
