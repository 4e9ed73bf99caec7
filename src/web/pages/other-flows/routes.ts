import { type Request, type Response, Router } from 'express';
import { showDay, showInstant } from '../../../day.ts';
import type { OtherFlow } from '../../../extracts/other-flow.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { dayValues } from '../../day-field.ts';
import { Form, noForm, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { flowErrors, flowForm } from './form.ts';

/** Flows that do not go through this guard: who applies objections there, and when that was last evidenced. */
export function otherFlowRoutes({ otherFlows }: Services): Router {
  const router = Router();
  const mayRegister = requirePermission('register-extract');

  router.get(paths.otherFlows, requirePermission('view-extracts'), async (_req, res) => {
    const { practiceId, role } = personOf(res);
    const mayEdit = permits(role, 'register-extract');
    render(res, 'other-flows/list', {
      title: 'Flows that do not go through this guard',
      back: paths.extracts,
      mayRegister: mayEdit,
      flows: (await otherFlows.list(practiceId)).map((flow) => ({
        ...flow,
        href: mayEdit ? paths.otherFlow(flow.id) : null,
        evidenced: flow.evidencedOn === null ? 'Never' : showDay(flow.evidencedOn),
        ended: flow.endedAt === null ? null : showInstant(flow.endedAt),
      })),
    });
  });

  const show = (res: Response, form: Form, flow: OtherFlow | null) =>
    render(res.status(form.errors.length > 0 ? 400 : 200), 'other-flows/edit', {
      title: flow === null ? 'Register a flow' : flow.name,
      back: paths.otherFlows,
      action: flow === null ? paths.newOtherFlow : paths.otherFlow(flow.id),
      end: flow === null || flow.endedAt !== null ? null : paths.endOtherFlow(flow.id),
      form,
    });

  const flowNamed = async (req: Request, res: Response): Promise<OtherFlow> => {
    const flows = await otherFlows.list(personOf(res).practiceId);
    const found = flows.find(({ id }) => id === req.params.id);
    if (found === undefined) throw new PageError(404, 'no such flow');
    return found;
  };

  const save = async (req: Request, res: Response, flow: OtherFlow | null) => {
    const read = readForm(flowForm, req.body);
    if (!read.ok) return show(res, read.form, flow);
    const said = { ...read.value, practiceId: personOf(res).practiceId, id: flow?.id };
    const done = await otherFlows.register(said, actorOf(res));
    if (!done.ok) {
      const error = flowErrors[done.reason] ?? { field: 'name', text: `It cannot be saved (${done.reason})` };
      return show(res, new Form(req.body, [error]), flow);
    }
    sayDone(req, flow === null ? 'Flow registered' : 'Flow changed');
    return res.redirect(303, paths.otherFlows);
  };

  router.get(paths.newOtherFlow, mayRegister, (_req, res) => show(res, noForm, null));
  router.post(paths.newOtherFlow, mayRegister, (req, res) => save(req, res, null));

  router.get(paths.otherFlow(':id'), mayRegister, async (req, res) => {
    const flow = await flowNamed(req, res);
    const { evidencedOn, ...said } = flow;
    show(res, new Form({ ...said, ...dayValues('evidencedOn', evidencedOn) }), flow);
  });
  router.post(paths.otherFlow(':id'), mayRegister, async (req, res) =>
    save(req, res, await flowNamed(req, res)),
  );

  router.post(paths.endOtherFlow(':id'), mayRegister, async (req, res) => {
    const { id } = await flowNamed(req, res);
    // Ended twice is ended: whoever came second finds it done.
    await otherFlows.end({ practiceId: personOf(res).practiceId, id }, actorOf(res));
    sayDone(req, 'Flow ended');
    res.redirect(303, paths.otherFlows);
  });

  return router;
}
