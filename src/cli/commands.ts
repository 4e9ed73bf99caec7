import { backup } from './backup.ts';
import type { Command } from './command.ts';
import { consentsImport } from './consents-import.ts';
import { keyCreate } from './key-create.ts';
import { ledgerKey } from './ledger-key.ts';
import { ledgerVerify } from './ledger-verify.ts';
import { objectionsImport } from './objections-import.ts';
import { patientsImport } from './patients-import.ts';
import { practiceAdd } from './practice-add.ts';
import { publish } from './publish.ts';
import { receiptVerify } from './receipt-verify.ts';
import { release } from './release.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { staffAdd } from './staff-add.ts';
import { watch } from './watch.ts';

/** All commands, in the order of `--help`. */
export const commands: readonly Command[] = [
  serve,
  practiceAdd,
  staffAdd,
  keyCreate,
  patientsImport,
  objectionsImport,
  consentsImport,
  release,
  ledgerVerify,
  ledgerKey,
  publish,
  watch,
  receiptVerify,
  backup,
  restore,
];
