import type { RequestHandler } from 'express';
import type { Services } from '../../services.ts';
import { paths } from '../paths.ts';
import { personIfAny } from './log-in.ts';

/** Where what happened since the last visit is shown. */
const sayWhatHappened: readonly string[] = [paths.home, paths.monitor];
/** What a page asks for by itself, and what is of the account alone. */
const ofNoMatter =
  /^\/(session|log-in|log-out|timed-out|account|help|accessibility|privacy)(\/|$)|\/progress$/;

/**
 * Writes down what a monitor asks for before they get it, so that nothing is seen without a trace; also what they may not
 * see, and what the practice does not have. Stands after log in.
 */
export function noteMonitorLook({ monitor }: Pick<Services, 'monitor'>): RequestHandler {
  return async (req, res, next) => {
    const person = personIfAny(res);
    if (person?.role === 'monitor' && !ofNoMatter.test(req.path))
      await monitor.noteLook(
        person,
        pathOf(req.path),
        sayWhatHappened.includes(req.path) && !req.query.since,
      );
    next();
  };
}

const LONGEST = 200;

/** A path as it is kept: addresses hold no names and no numbers of patients, unless somebody types one. */
const pathOf = (path: string): string => path.replaceAll(/\d{9,}/g, '(number)').slice(0, LONGEST);
