import { addDays, londonDay } from '../day.ts';
import { letterPractice, publishRules } from '../notices/letter-practice.ts';
import type { TranslatedContent } from '../notices/notice.ts';
import { noticeTemplate } from '../notices/notice-template.ts';
import { inOfficeHours, must, type Step, type World } from './history.ts';
import { seeded } from './random.ts';

/** What the practice told its patients: a notice that was published, one in Polish, a poster; and a draft. */
export function noticeSteps(today: string): Step[] {
  const random = seeded(11_000_000);
  const ago = (days: number, act: Step['act']): Step => ({
    at: inOfficeHours(addDays(today, -days), random),
    act,
  });
  return [ago(120, publishFirst), ago(110, addPolish), ago(100, putUpPoster), ago(2, draftNext)];
}

const covers = [{ extractId: 'research-events', version: 1 }];

async function publishFirst(world: World): Promise<void> {
  const { services, practiceId, manager } = world;
  const practice = await services.staff.practice(practiceId);
  if (practice === undefined) throw new Error('the made-up practice is not there');
  const ours = letterPractice(services.config.publicUrl, practice);
  const told = (await services.extracts.versions(practiceId)).filter(
    ({ extractId, version }) => extractId === 'research-events' && version === 1,
  );
  const content = noticeTemplate(told, { practiceName: practice.name, link: ours.link });
  const draft = must(
    await services.notices.draft({ practiceId, name: 'Data for research', content, covers }, manager),
  );
  const { noticeId, version } = draft;
  must(await services.notices.publish({ practiceId, noticeId, version, rules: publishRules(ours) }, manager));
}

/** The version by which patients are told now. */
export const published = async ({ services, practiceId }: World) => {
  const [found] = await services.notices.published(practiceId);
  if (found === undefined) throw new Error('the made-up practice has no notice');
  return { practiceId, noticeId: found.noticeId, version: found.version };
};

async function addPolish(world: World): Promise<void> {
  const { services, practiceId, manager } = world;
  const practice = await services.staff.practice(practiceId);
  const { link } = letterPractice(services.config.publicUrl, {
    name: '',
    madeUp: true,
    ods: practice?.ods ?? '',
  });
  const said = { ...(await published(world)), language: 'pl', format: 'standard' as const, link };
  must(await services.notices.translate({ ...said, content: polish(link) }, manager));
}

async function putUpPoster(world: World): Promise<void> {
  const { services, manager } = world;
  const on = londonDay(services.now());
  const poster = { how: 'poster', place: 'Waiting room, beside the desk', on } as const;
  must(await services.notices.putElsewhere({ ...(await published(world)), ...poster }, manager));
}

async function draftNext(world: World): Promise<void> {
  const { noticeId, practiceId } = await published(world);
  must(await world.services.notices.draftNext({ practiceId, noticeId }, world.manager));
}

const polish = (link: string): TranslatedContent => ({
  aboutChild: 'Do rodzica lub opiekuna dziecka: {name}',
  title: 'Twoja kartoteka: Twoje dane i Twój wybór',
  whatLeaves:
    'Wysyłamy innym fakty z Twojej kartoteki: numer NHS, daty zdarzeń, kody chorób, badań i leczenia oraz notatki personelu.',
  toWhom: 'Otrzymuje je NHS England.',
  why: 'Służą do badań nad chorobami przewlekłymi.',
  ground: 'Pozwala na to prawo. NHS England wydało nam polecenie.',
  howLongKept: 'Mogą je trzymać tylko tak długo, jak pozwala umowa. Potem muszą je usunąć.',
  careNotAffected: 'Twoje leczenie się nie zmieni, cokolwiek wybierzesz.',
  howToObject: `Możesz powiedzieć „nie”. Formularz jest na stronie ${link} i w recepcji. Przynieś go, wyślij pocztą lub mailem albo zadzwoń.`,
  noReasonNeeded: 'Nie musisz podawać powodu. Nie musisz iść do lekarza.',
  changeYourMind: 'W każdej chwili możesz zmienić zdanie.',
  whatItCannotStop:
    'Sprzeciw nie wstrzyma tego, czego żąda prawo lub sąd. Dane, które już wysłano, nie wrócą.',
  nationalOptOut:
    'Jest też National Data Opt-out, dla reszty NHS: nhs.uk/your-nhs-data-matters, aplikacja NHS App lub telefon 0300 303 5678.',
  textMessage: `Wysyłamy fakty z kartotek pacjentów. Masz wybór, a Twoje leczenie się nie zmieni. Formularz: ${link}`,
});
