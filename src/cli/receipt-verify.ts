import { readFile } from 'node:fs/promises';
import { type CheckedProof, checkTlogProof } from '../ledger/tlog-proof.ts';
import { command } from './command.ts';
import { NO_KEY, readVerifiers } from './read-verifiers.ts';

const words: Record<Extract<CheckedProof, { ok: false }>['reason'], string> = {
  'not-a-proof': 'it is not a proof with the entry that it proves',
  'not-a-note': 'the checkpoint in it is none',
  'not-a-checkpoint': 'the checkpoint in it is none, or is of another log',
  'not-signed': 'its checkpoint is not signed with this key',
  'wrong-signature': 'the signature of its checkpoint is wrong',
  'not-included': 'the entry in it is not in the log that its checkpoint stands for',
};

export const receiptVerify = command({
  words: ['receipt', 'verify'],
  usage: 'FILE --key VERIFIER',
  help: `Checks the proof of a receipt (a .tlog-proof file) without asking anybody: that what it says was written into the
practice's log, at which place, and that the practice signed a checkpoint which counts it.
Exit 0: it holds, and what it says is printed. Exit 1: it does not hold.`,
  options: { key: { type: 'string' } },
  required: ['key'],
  args: ['FILE'],
  async run({ values: { key = '' }, args: [file = ''], say, complain }) {
    const verifiers = readVerifiers(key);
    if (verifiers === undefined) {
      complain(NO_KEY);
      return 2;
    }
    const checked = checkTlogProof(await readFile(file, 'utf8'), verifiers);
    if (!checked.ok) {
      complain(`The proof does not hold: ${words[checked.reason]}.`);
      return 1;
    }
    say(
      `The proof holds: this entry is in ${checked.origin}, and the checkpoint of ${checked.size} entries counts it.`,
    );
    say(checked.text);
    return 0;
  },
});
