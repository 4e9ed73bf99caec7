import type { Response } from 'express';
import type { Actor } from '../../../ledger/entry.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { isUuid } from './find.ts';

export type NameOf = (actor: Actor) => string;

/** What those who acted are called. Accounts stay when they are closed, so every name is found. */
export async function whoActed({ staff }: Services, res: Response): Promise<NameOf> {
  const members = await staff.list(personOf(res).practiceId);
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return ({ kind, id }) => {
    if (kind === 'command-line') return 'the command line';
    if (kind === 'system') return 'the registry by itself';
    // Lists keep the id alone: that of the command line is the name of a command.
    return names.get(id) ?? (isUuid(id) ? 'somebody unknown' : 'the command line');
  };
}
