import { type Request, type Response, Router } from 'express';
import { londonDay } from '../../../day.ts';
import { isOpen } from '../../../extracts/edit-extract.ts';
import { isInForce } from '../../../extracts/exemptions/exemption.ts';
import { rulesOfGround } from '../../../extracts/grounds.ts';
import type { VersionRecord } from '../../../extracts/registered-version.ts';
import { digestOf } from '../../../extracts/version-content.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import type { Role } from '../../../staff/roles.ts';
import { Form, noForm, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { whoActed } from '../objections/who.ts';
import { approvalForm, certificateForm, refusals, returnForm, suspensionForm } from './acts-form.ts';
import { versionNamed } from './find.ts';
import { toldView } from './told-view.ts';
import { isLive, versionView } from './version-view.ts';

/** One version of an extract: what it says, what is missing, what is different, and every act on it. */
export function versionRoutes(services: Services): Router {
  const router = Router();
  const { extracts, exemptions, guard, log, now, tellings } = services;
  const register = requirePermission('register-extract');
  const approve = requirePermission('approve-extract');
  const suspend = requirePermission('suspend-extract');

  /** Null where nothing is to be told, or nothing can be counted now: the page has to work without. */
  const toldOf = async (version: VersionRecord, role: Role) => {
    if (!permits(role, 'view-coverage')) return null;
    if (!isLive(version) && !isOpen(version)) return null;
    if (rulesOfGround(version.ground).notReleased) return null;
    try {
      const died = await tellings.died(version.practiceId);
      const counted = await guard.toldCoverage(version, died);
      return toldView(version, await extracts.noticesCovering(version), counted);
    } catch (error) {
      log.error({ event: 'told-not-counted', error });
      return null;
    }
  };

  const show = async (req: Request, res: Response, form: Form, status = 400) => {
    const { version, versions } = await versionNamed(services, res, req.params);
    const { id, role, practiceId } = personOf(res);
    const seesReasons = permits(role, 'preview-extract');
    const today = londonDay(now());
    const inForce = (await exemptions.ofExtract(practiceId, version.extractId)).filter(
      (one) => one.version === version.version && isInForce(one, today),
    );
    const view = versionView(version, versions, {
      nameOf: await whoActed(services, res),
      seesReasons,
      exemptions: inForce,
    });
    const worked = version.workedOnBy.includes(id);
    const { extractId: name, version: number } = version;
    render(res.status(form.errors.length > 0 ? status : 200), 'extracts/version', {
      back: paths.extract(name),
      ...view,
      told: await toldOf(version, role),
      form,
      // An approval carries what this page shows, and is refused once that was changed.
      seen: digestOf(version),
      worked,
      may: {
        register: permits(role, 'register-extract'),
        approve: permits(role, 'approve-extract'),
        suspend: permits(role, 'suspend-extract'),
        preview: permits(role, 'preview-extract'),
      },
      actions: {
        edit: paths.editExtract(name, number),
        fields: paths.extractFields(name, number),
        preview: paths.previewExtractFor(name, number),
        definition: paths.extractDefinition(name, number),
        send: paths.sendExtract(name, number),
        approve: paths.approveExtract(name, number),
        return: paths.returnExtract(name, number),
        suspend: paths.suspendExtract(name, number),
        resume: paths.resumeExtract(name, number),
        end: paths.endExtract(name, number),
        certificate: paths.noteDestruction(name, number),
      },
    });
  };

  /** The version that an address names, as commands want it. */
  const named = async (req: Request, res: Response) => {
    const { version } = await versionNamed(services, res, req.params);
    return { practiceId: personOf(res).practiceId, extractId: version.extractId, version: version.version };
  };

  type Answer = { readonly ok: true } | { readonly ok: false; readonly reason: string };
  /** Says what was done, or shows the page again with why it was not. */
  const answer = async (req: Request, res: Response, done: Answer, field: string, words: string) => {
    if (!done.ok) {
      const text = refusals[done.reason] ?? `It cannot be done (${done.reason})`;
      return show(req, res, new Form(req.body, [{ field, text }]), statusOf[done.reason] ?? 409);
    }
    sayDone(req, words);
    return res.redirect(303, paths.extractVersion(String(req.params.id), String(req.params.version)));
  };

  router.get(paths.extractVersion(':id', ':version'), requirePermission('view-extracts'), (req, res) =>
    show(req, res, noForm),
  );

  router.post(paths.sendExtract(':id', ':version'), register, async (req, res) => {
    const done = await extracts.send(await named(req, res), actorOf(res));
    return answer(req, res, done, 'send', 'Sent for approval');
  });

  router.post(paths.approveExtract(':id', ':version'), approve, async (req, res) => {
    const name = await named(req, res);
    const read = readForm(approvalForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const done = await extracts.approve({ ...name, ...read.value }, actorOf(res));
    return answer(req, res, done, 'confirmsCare', 'Approved. It may leave from its first day on');
  });

  router.post(paths.returnExtract(':id', ':version'), approve, async (req, res) => {
    const name = await named(req, res);
    const read = readForm(returnForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const done = await extracts.return({ ...name, ...read.value }, actorOf(res));
    return answer(req, res, done, 'why', 'Returned');
  });

  router.post(paths.suspendExtract(':id', ':version'), suspend, async (req, res) => {
    const name = await named(req, res);
    const read = readForm(suspensionForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const done = await extracts.suspend({ ...name, why: read.value.whySuspended }, actorOf(res));
    return answer(
      req,
      res,
      done,
      'whySuspended',
      'Suspended. Nothing of it leaves until a guardian resumes it',
    );
  });

  router.post(paths.resumeExtract(':id', ':version'), approve, async (req, res) => {
    const done = await extracts.resume(await named(req, res), actorOf(res));
    return answer(req, res, done, 'resume', 'Resumed');
  });

  router.post(paths.endExtract(':id', ':version'), suspend, async (req, res) => {
    const done = await extracts.end(await named(req, res), actorOf(res));
    return answer(req, res, done, 'end', 'Ended');
  });

  router.post(paths.noteDestruction(':id', ':version'), register, async (req, res) => {
    const name = await named(req, res);
    const read = readForm(certificateForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const { destroyedOn: on, certificate } = read.value;
    const done = await extracts.noteDestruction({ ...name, on, certificate }, actorOf(res));
    return answer(req, res, done, 'certificate', 'Certificate noted');
  });

  return router;
}

/** Whatever is not the fault of what was typed is 409: somebody else was there before. */
const statusOf: Readonly<Record<string, number>> = {
  'same-person': 403,
  'not-complete': 400,
  'care-not-confirmed': 400,
  'in-future': 400,
};
