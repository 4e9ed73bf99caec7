import type { Response } from 'express';
import { showDay, showInstant } from '../../../day.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { whoActed } from '../objections/who.ts';
import { overdue } from './overdue.ts';
import { happenedView } from './view-model.ts';

/** What happened since the person's last visit, or since a day, and what is overdue. */
export async function sinceView(services: Services, res: Response, day?: string) {
  const person = personOf(res);
  const { visitedAt, day: back, from, to, happened } = await services.monitor.since(person, day);
  const heading = visitedAt
    ? `Since your last visit (${showInstant(visitedAt)})`
    : back
      ? `Since ${showDay(back)}`
      : 'Since the practice was added: this is your first visit';
  return {
    heading,
    from,
    to,
    isNothing: from === to,
    ...happenedView(happened, await whoActed(services, res)),
    overdue: await overdue(services, person.practiceId),
  };
}
