import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Unanswered } from '../../../objections/letter-store.ts';
import type { Pile } from '../../../objections/piles/pile.ts';
import { receiptCode } from '../../../objections/receipt-code.ts';
import type { Patient } from '../../../patients/patient.ts';
import type { Services } from '../../../services.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { maySee, noteLook } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { pileNamed } from '../piles/find-pile.ts';
import { letterOf, unsendable } from './letter.ts';

/** Letters of one print, at most. */
const LETTERS_AT_ONCE = 50;

/** What was printed: exactly these letters, as they were then. */
const printed = z.object({
  patients: z.preprocess((sent) => [sent ?? []].flat(), z.array(z.uuid()).max(LETTERS_AT_ONCE)),
  asOf: z.iso.datetime().transform((at) => new Date(at)),
});

/** The letters that tell patients what was recorded: one print of a pile, or of everybody who waits. */
export function letterRoutes(services: Services): Router {
  const router = Router();
  const { letters, piles, patients, objections, now } = services;
  const may = requirePermission('record-objection');

  const pileIn = async ({ query }: Request, res: Response): Promise<Pile | undefined> =>
    query.pile === undefined ? undefined : pileNamed(services, res, query.pile);

  const codesOf = async (practiceId: string, waiting: readonly Unanswered[]) => {
    const codes = new Map<string, string>();
    for (const act of waiting.flatMap(({ acts }) => acts)) {
      const commitment = await objections.commitment(practiceId, act.ledgerIndex);
      if (commitment === null) throw new Error('an act has no entry');
      codes.set(act.id, receiptCode(commitment));
    }
    return codes;
  };

  router.get(paths.letters, may, async (req, res) => {
    const { practiceId, practice } = personOf(res);
    const pile = await pileIn(req, res);
    // Before anything is read: what is recorded from now on is not in these letters.
    const asOf = now();
    const keyed = pile && (await piles.requestsOf(practiceId, pile.id)).map(({ patientId }) => patientId);
    const { total, waiting } = await letters.unanswered(practiceId, LETTERS_AT_ONCE, keyed);
    const found = await patients.byIds(
      practiceId,
      waiting.map(({ patientId }) => patientId),
    );
    const codes = await codesOf(practiceId, waiting);
    const all = waiting.flatMap((one) => {
      const patient = found.find(({ id }) => id === one.patientId);
      return patient ? [{ one, patient }] : [];
    });
    const seen = all.filter(({ patient }) => maySee(res, patient));
    await noteLook(
      services,
      res,
      seen.map(({ patient }) => patient.id),
      'letter',
    );
    const sendable = seen.filter(({ patient }) => unsendable(patient) === undefined);
    render(res, 'letters/show', {
      title: 'Letters to patients',
      back: pile ? paths.pile(pile.id) : paths.home,
      practice: { name: practice.name, madeUp: practice.madeUp },
      letters: sendable.map(({ one, patient }) =>
        letterOf(patient, one, (act) => codes.get(act.id) ?? '', asOf),
      ),
      others: seen.flatMap(({ patient }) => leftOut(patient, asOf)),
      hidden: all.length - seen.length,
      more: Math.max(0, total - waiting.length),
      asOf: asOf.toISOString(),
      action: pile ? paths.lettersOfPile(pile.id) : paths.letters,
    });
  });

  router.post(paths.letters, may, async (req, res) => {
    const pile = await pileIn(req, res);
    const read = printed.safeParse(req.body);
    if (!read.success) throw new PageError(400, 'not the form of the letters');
    const { practiceId } = personOf(res);
    const { asOf } = read.data;
    const written = await patients.byIds(practiceId, read.data.patients);
    const patientIds = written.filter((patient) => maySee(res, patient)).map(({ id }) => id);
    const done = await objections.acknowledge({ practiceId, patientIds, how: 'letter', asOf }, actorOf(res));
    sayDone(req, `${done.count === 1 ? '1 letter is' : `${done.count} letters are`} noted as sent`);
    res.redirect(303, pile ? paths.pile(pile.id) : paths.letters);
  });

  return router;
}

function leftOut(patient: Patient, now: Date) {
  const why = unsendable(patient);
  const { name, href } = patientBanner(patient, now);
  return why === undefined ? [] : [{ name, href, why }];
}
