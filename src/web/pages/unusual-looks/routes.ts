import { type Response, Router } from 'express';
import { z } from 'zod';
import { showInstant } from '../../../day.ts';
import type { LookReviewed } from '../../../patients/review-unusual-look.ts';
import { lookOutcomes, type UnusualLook } from '../../../patients/unusual-look-store.ts';
import { unusualRules } from '../../../patients/unusual-looks.ts';
import type { Services } from '../../../services.ts';
import { readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { pageOf, paginationOf } from '../../pages-of-list.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { isUuid, maySee, noteLook } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { whoActed } from '../objections/who.ts';
import { measureWords, outcomeWords, ruleWords } from './words.ts';

const ON_PAGE = 50;
const reviewForm = z.object({ outcome: z.enum(lookOutcomes, 'Select what came of it') });

/** Looks at patients that somebody should ask about: the practice keeps watch over itself. */
export function unusualLookRoutes(services: Services): Router {
  const router = Router();
  const { patients, now } = services;
  const { unusualLooks } = patients;
  const may = requirePermission('review-unusual-look');

  const linesOf = async (res: Response, looks: readonly UnusualLook[]) => {
    const { practiceId, id: own } = personOf(res);
    const nameOf = await whoActed(services, res);
    const ids = [...new Set(looks.flatMap(({ patientId }) => patientId ?? []))];
    const seen = (await patients.byIds(practiceId, ids)).filter((patient) => maySee(res, patient));
    const banners = new Map(seen.map((patient) => [patient.id, patientBanner(patient, now())]));
    await noteLook(services, res, [...banners.keys()], 'unusual-looks');
    return looks.map((look) => {
      const rule = unusualRules.find((one) => one === look.rule);
      const outcome = lookOutcomes.find((one) => one === look.outcome);
      return {
        who: nameOf({ kind: 'staff', id: look.staffId }),
        isOwn: look.staffId === own,
        ...(rule ? ruleWords[rule] : { title: look.rule, why: '' }),
        measure: measureWords(look),
        patient: banners.get(look.patientId ?? '') ?? null,
        reviewHref: paths.reviewLook(look.id),
        outcome: outcome ? outcomeWords[outcome] : null,
        reviewed: look.reviewedAt && showInstant(look.reviewedAt),
        reviewedBy: look.reviewedBy && nameOf({ kind: 'staff', id: look.reviewedBy }),
      };
    });
  };

  router.get(paths.unusualLooks, may, async (req, res) => {
    const { practiceId } = personOf(res);
    await unusualLooks.search(practiceId);
    const waiting = req.query.show !== 'reviewed';
    const [open, done] = [
      await unusualLooks.count(practiceId, true),
      await unusualLooks.count(practiceId, false),
    ];
    const page = pageOf(req.query.page, waiting ? open : done, ON_PAGE);
    const looks = await unusualLooks.list(practiceId, { waiting, ...page });
    const show = waiting ? 'show=waiting' : 'show=reviewed';
    render(res, 'unusual-looks/list', {
      title: waiting ? 'Unusual looks at patients' : 'Unusual looks that were asked about',
      back: waiting ? paths.work : paths.unusualLooks,
      waiting,
      open,
      done,
      reviewedHref: `${paths.unusualLooks}?show=reviewed`,
      lines: await linesOf(res, looks),
      pagination: paginationOf(page, (number) => `${paths.unusualLooks}?${show}&page=${number}`),
    });
  });

  router.post(paths.reviewLook(':id'), may, async (req, res) => {
    const { id } = req.params;
    const { practiceId } = personOf(res);
    const found = isUuid(id) ? await unusualLooks.find(practiceId, id) : null;
    if (found === null) throw new PageError(404, 'no such unusual look');
    const read = readForm(reviewForm, req.body);
    if (!read.ok) throw new PageError(400, 'no outcome', 'Say whether it was explained or raised.');
    const done = await unusualLooks.review({ practiceId, id: found.id, ...read.value }, actorOf(res));
    if (!done.ok && done.reason !== 'reviewed-already') throw refused(done);
    // Reviewed twice is reviewed: whoever came second finds it done.
    sayDone(req, done.ok ? `Noted: ${read.value.outcome}` : 'Somebody has noted this one already');
    res.redirect(303, paths.unusualLooks);
  });

  return router;
}

const refused = ({ reason }: Extract<LookReviewed, { ok: false }>) =>
  reason === 'own-look'
    ? new PageError(403, reason, 'Nobody reviews their own looks at patients. Ask a manager or the guardian.')
    : new PageError(404, reason);
