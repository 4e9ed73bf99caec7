import { type Request, type Response, Router } from 'express';
import { mayBeExempt } from '../../../extracts/applied-types.ts';
import { rulesOfGround } from '../../../extracts/grounds.ts';
import { objectionTypes } from '../../../objections/objection.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { Form, noForm, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { extractNamed } from '../extracts/find.ts';
import { isUuid } from '../objections/find.ts';
import { whoActed } from '../objections/who.ts';
import { askFaults, decideFaults, decisionForm, exemptionForm } from './form.ts';
import { exemptionView } from './view-model.ts';

/** Exemptions: asked for by one person, approved or refused by a guardian who is another, and ended early. */
export function exemptionRoutes(services: Services): Router {
  const router = Router();
  const { exemptions, extracts, now } = services;
  const maySee = requirePermission('view-exemptions');

  router.get(paths.exemptions, maySee, async (_req, res) => {
    const { practiceId, role } = personOf(res);
    const nameOf = await whoActed(services, res);
    const open = (await exemptions.open(practiceId)).map((one) => exemptionView(one, nameOf, now()));
    const all = await extracts.ofPractice(practiceId);
    const names = new Map(all.map(({ extractId, name }) => [extractId, name]));
    render(res, 'exemptions/list', {
      title: 'Exemptions',
      back: paths.extracts,
      waiting: open.filter(({ waits }) => waits),
      inForce: open.filter(({ waits }) => !waits),
      nameOfExtract: (id: string) => names.get(id) ?? id,
      extracts: all.map(({ extractId, name, recipient, ground }) => ({
        id: extractId,
        name,
        recipient,
        asksForConsent: rulesOfGround(ground).type1 === 'consent-only',
      })),
      seesConsents: permits(role, 'record-consent'),
      keepsCanaries: permits(role, 'keep-canaries'),
    });
  });

  const show = async (req: Request, res: Response, form: Form, about?: string) => {
    const { practiceId, role, id: personId } = personOf(res);
    const extract = await extractNamed(services, res, req.params.id);
    const { extractId } = extract;
    const nameOf = await whoActed(services, res);
    const found = await exemptions.ofExtract(practiceId, extractId);
    const versions = (await exemptions.openVersions(practiceId, extractId)).filter(({ ground }) =>
      objectionTypes.some((type) => mayBeExempt(ground, type)),
    );
    const { why = '' } = rulesOfGround(extract.ground);
    render(res.status(form.errors.length > 0 ? 400 : 200), 'extracts/exemptions', {
      title: `Exemptions of ${extract.name}`,
      back: paths.extract(extractId),
      extract,
      why,
      exemptions: found.map((one) => exemptionView(one, nameOf, now())),
      versions,
      type1: versions.some(({ ground }) => mayBeExempt(ground, 'type-1')),
      mayAsk: permits(role, 'ask-exemption'),
      mayDecide: permits(role, 'approve-exemption'),
      mayEnd: permits(role, 'end-exemption'),
      personId,
      /** The exemption to whose form the faults belong; undefined: that of asking. */
      about,
      form,
      first: form === noForm ? new Form({ version: String(versions[0]?.version ?? '') }) : form,
    });
  };

  router.get(paths.extractExemptions(':id'), maySee, (req, res) => show(req, res, noForm));

  router.post(paths.extractExemptions(':id'), requirePermission('ask-exemption'), async (req, res) => {
    const { extractId } = await extractNamed(services, res, req.params.id);
    const read = readForm(exemptionForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const { practiceId } = personOf(res);
    const asked = await exemptions.ask({ practiceId, extractId, ...read.value }, actorOf(res));
    if (!asked.ok) return show(req, res, new Form(req.body, [askFaults[asked.reason]]));
    sayDone(req, 'Asked for. It changes nothing until a guardian, somebody else, approves it');
    res.redirect(303, paths.extractExemptions(extractId));
  });

  const exemptionNamed = async (req: Request, res: Response) => {
    const { id } = req.params;
    const found = isUuid(id) ? await exemptions.find(personOf(res).practiceId, id) : null;
    if (found === null) throw new PageError(404, 'no such exemption');
    return found;
  };

  router.post(paths.decideExemption(':id'), requirePermission('approve-exemption'), async (req, res) => {
    const { id, extractId } = await exemptionNamed(req, res);
    const refuse = (text: string) => {
      req.params.id = extractId;
      return show(req, res, new Form(req.body, [{ field: `decision-${id}`, text }]), id);
    };
    const read = readForm(decisionForm, req.body);
    if (!read.ok) return refuse(read.form.errors[0]?.text ?? '');
    const { practiceId } = personOf(res);
    const done = await exemptions.decide({ practiceId, id, ...read.value }, actorOf(res));
    if (!done.ok) return refuse(decideFaults[done.reason]);
    const isApproved = read.value.decision === 'approve';
    sayDone(req, isApproved ? 'Approved: it counts from the next release on' : 'Refused');
    res.redirect(303, paths.extractExemptions(extractId));
  });

  router.post(paths.endExemption(':id'), requirePermission('end-exemption'), async (req, res) => {
    const { id, extractId } = await exemptionNamed(req, res);
    await exemptions.end({ practiceId: personOf(res).practiceId, id }, actorOf(res));
    // Ended twice is ended: whoever came second finds it done.
    sayDone(req, 'Ended: the objection is applied again, also in a release that is running');
    res.redirect(303, paths.extractExemptions(extractId));
  });

  return router;
}
