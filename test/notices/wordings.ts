import type { NoticeContent } from '../../src/notices/notice.ts';
import type { PointsContext } from '../../src/notices/notice-points.ts';
import { noticeTemplate, type Told } from '../../src/notices/notice-template.ts';

export const context: PointsContext = {
  practiceName: 'Surgery A12345',
  link: 'registry.example/privacy/A12345',
  recipients: ['NHS England'],
};

export const toldExtract: Told = {
  name: 'Events for research',
  recipient: 'NHS England',
  purpose: 'Research into long-term conditions',
  ground: 'nhs-england-direction',
  destroyBy: '2030-01-31',
  fields: [
    { name: 'nhs_number', treatment: 'pseudonym' },
    { name: 'event_date', treatment: 'month' },
    { name: 'code', treatment: 'keep' },
  ],
};

/** A wording that says everything; a test puts in what is to be different. */
export const aWording = (different: Partial<NoticeContent> = {}): NoticeContent => ({
  ...noticeTemplate([toldExtract], context),
  ...different,
});
