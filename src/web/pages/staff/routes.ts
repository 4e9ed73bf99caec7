import { type Request, type Response, Router } from 'express';
import type { Services } from '../../../services.ts';
import type { CodeMade } from '../../../staff/make-code.ts';
import type { StaffMember } from '../../../staff/staff.ts';
import { Form, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { newStaffForm, roleForm } from './form.ts';
import { accountView, codeView, refusals, roleChoices, rowsOf } from './view-model.ts';

type Refusal = keyof typeof refusals | 'not-found';

/** Accounts of the practice: managers keep receptionists and managers, guardians keep guardians and monitors. */
export function staffRoutes({ staff, config }: Services): Router {
  const router = Router();
  const keeper = requirePermission('keep-staff');

  router.get(paths.staff, keeper, async (_req, res) => {
    const members = await staff.list(personOf(res).practiceId);
    render(res, 'staff/list', { title: 'Staff', rows: rowsOf(members) });
  });

  const showNew = (res: Response, status: number, form: Form) =>
    render(res.status(status), 'staff/new', {
      title: 'Add a person',
      back: paths.staff,
      roleChoices: roleChoices(personOf(res)),
      form,
    });

  router.get(paths.newStaff, keeper, (_req, res) => showNew(res, 200, new Form()));

  router.post(paths.newStaff, keeper, async (req, res) => {
    const read = readForm(newStaffForm, req.body);
    if (!read.ok) return showNew(res, 400, read.form);
    const { practiceId } = personOf(res);
    const added = await staff.add({ practiceId, ...read.value }, actorOf(res));
    if (added.ok) return showCode(res, added.member, added.code ?? '');
    const field = { 'email-taken': 'email', 'email-invalid': 'email', 'name-missing': 'name' };
    const error = {
      field: field[added.reason as keyof typeof field] ?? 'role',
      text: refusals[added.reason],
    };
    showNew(res, added.reason === 'not-permitted' ? 403 : 400, new Form(req.body, [error]));
  });

  /** Shown in the answer itself, because the code is kept nowhere but as a hash. */
  const showCode = (res: Response, member: StaffMember, code: string) =>
    render(res, 'staff/code', {
      title: 'One-time code',
      back: paths.staffMember(member.id),
      ...codeView(member, code, `${config.publicUrl}${paths.firstPassword}`),
    });

  const accountOf = async (req: Request<{ id: string }>, res: Response) => {
    const member = await staff.find(personOf(res).practiceId, req.params.id);
    if (member === undefined) throw new PageError(404, 'no such account');
    return member;
  };

  const show = (res: Response, status: number, member: StaffMember, form: Form) =>
    render(res.status(status), 'staff/show', {
      title: member.name,
      back: paths.staff,
      account: accountView(personOf(res), member),
      form,
    });

  router.get(paths.staffMember(':id'), keeper, async (req: Request<{ id: string }>, res) => {
    const member = await accountOf(req, res);
    show(res, 200, member, new Form({ role: member.role }));
  });

  /** The page again, with why not; 404 when the account is not one of this practice. */
  const refuse = async (req: Request<{ id: string }>, res: Response, reason: Refusal) => {
    const member = await accountOf(req, res);
    if (reason === 'not-found') throw new PageError(404, 'no such account');
    const form = new Form({ role: member.role, ...req.body }, [{ field: 'role', text: refusals[reason] }]);
    show(res, reason === 'not-permitted' || reason === 'own-account' ? 403 : 400, member, form);
  };

  router.post(paths.staffRole(':id'), keeper, async (req: Request<{ id: string }>, res) => {
    const { id } = req.params;
    const read = readForm(roleForm, req.body);
    if (!read.ok) return show(res, 400, await accountOf(req, res), read.form);
    const account = { practiceId: personOf(res).practiceId, id, ...read.value };
    const changed = await staff.changeRole(account, actorOf(res));
    if (!changed.ok) return refuse(req, res, changed.reason);
    sayDone(req, 'Role changed');
    res.redirect(303, paths.staffMember(id));
  });

  router.post(paths.closeStaff(':id'), keeper, async (req: Request<{ id: string }>, res) => {
    const { id } = req.params;
    const closed = await staff.close({ practiceId: personOf(res).practiceId, id }, actorOf(res));
    if (!closed.ok) return refuse(req, res, closed.reason);
    sayDone(req, 'Account closed');
    res.redirect(303, paths.staffMember(id));
  });

  router.post(paths.staffCode(':id'), keeper, async (req: Request<{ id: string }>, res) => {
    const account = { practiceId: personOf(res).practiceId, id: req.params.id };
    await handOver(req, res, await staff.makeCode(account, actorOf(res)));
  });

  router.post(paths.reopenStaff(':id'), keeper, async (req: Request<{ id: string }>, res) => {
    const account = { practiceId: personOf(res).practiceId, id: req.params.id };
    await handOver(req, res, await staff.reopen(account, actorOf(res)));
  });

  const handOver = (req: Request<{ id: string }>, res: Response, made: CodeMade) =>
    made.ok ? showCode(res, made.member, made.code) : refuse(req, res, made.reason);

  return router;
}
