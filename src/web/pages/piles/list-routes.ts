import { randomUUID } from 'node:crypto';
import { type Response, Router } from 'express';
import { londonDay } from '../../../day.ts';
import type { PileOpened } from '../../../objections/piles/open-pile.ts';
import type { Services } from '../../../services.ts';
import { dayValues } from '../../day-field.ts';
import { type FieldError, Form, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { viaChoices } from '../objections/request-choices.ts';
import { whoActed } from '../objections/who.ts';
import { pileNamed } from './find-pile.ts';
import { newPile } from './form.ts';
import { pileCounts, pileLine } from './view-model.ts';

const CLOSED_SHOWN = 10;

const faults: Readonly<Record<Extract<PileOpened, { ok: false }>['reason'], FieldError>> = {
  'not-a-count': { field: 'arrived', text: 'Enter how many forms arrived' },
  'not-a-day': { field: 'receivedOn-day', text: 'Received on must be a real date' },
  'received-in-future': { field: 'receivedOn-day', text: 'Received on must be today or in the past' },
  'via-not-by-hand': { field: 'receivedVia', text: 'Select how the forms reached the practice' },
};

/** Opening a pile, the piles that are open, and closing one. */
export function listRoutes(services: Services): Router {
  const router = Router();
  const { piles, now } = services;
  const may = requirePermission('record-objection');

  const show = async (res: Response, form: Form) => {
    const { practiceId } = personOf(res);
    const nameOf = await whoActed(services, res);
    const [open, closed] = await Promise.all([
      piles.listOpen(practiceId),
      piles.listClosed(practiceId, CLOSED_SHOWN),
    ]);
    render(res.status(form.errors.length > 0 ? 400 : 200), 'piles/list', {
      title: 'Key a pile of forms',
      open: open.map((pile) => pileLine(pile, nameOf)),
      closed: closed.map((pile) => pileLine(pile, nameOf)),
      vias: viaChoices,
      form,
    });
  };

  router.get(paths.piles, may, (_req, res) =>
    show(res, new Form({ id: randomUUID(), ...dayValues('receivedOn', londonDay(now())) })),
  );

  router.post(paths.piles, may, async (req, res) => {
    const read = readForm(newPile, req.body);
    if (!read.ok) return show(res, read.form);
    const { practiceId } = personOf(res);
    const opened = await piles.open({ practiceId, ...read.value }, actorOf(res));
    if (!opened.ok) return show(res, new Form(req.body, [faults[opened.reason]]));
    res.redirect(303, paths.pile(read.value.id));
  });

  router.get(paths.closePile(':id'), may, async (req, res) => {
    const pile = await pileNamed(services, res, req.params.id);
    const counts = pileCounts(pile, await piles.requestsOf(personOf(res).practiceId, pile.id));
    const nameOf = await whoActed(services, res);
    render(res, 'piles/close', {
      title: 'Close this pile',
      back: paths.pile(pile.id),
      pile: pileLine({ ...pile, keyed: counts.keyed }, nameOf),
      toKeyAgain: counts.toKeyAgain,
    });
  });

  router.post(paths.closePile(':id'), may, async (req, res) => {
    const { id } = await pileNamed(services, res, req.params.id);
    await piles.close({ practiceId: personOf(res).practiceId, id }, actorOf(res));
    sayDone(req, 'Pile closed');
    res.redirect(303, paths.pile(id));
  });

  return router;
}
