/** The addresses of notices, of guidance for staff, and of what patients find without log in. */
export const noticePaths = {
  /** What patients are told by. `version` is a number. */
  notices: '/notices',
  newNotice: '/notices/new',
  notice: (id: string) => `/notices/${id}`,
  nextNoticeVersion: (id: string) => `/notices/${id}/versions`,
  noticeVersion: (id: string, version: number | string) => `/notices/${id}/versions/${version}`,
  editNotice: (id: string, version: number | string) => `/notices/${id}/versions/${version}/edit`,
  publishNotice: (id: string, version: number | string) => `/notices/${id}/versions/${version}/publication`,
  withdrawNotice: (id: string, version: number | string) => `/notices/${id}/versions/${version}/withdrawal`,
  /** Notes a poster or a door drop, which tells nobody. */
  noticeElsewhere: (id: string, version: number | string) => `/notices/${id}/versions/${version}/elsewhere`,
  translateNotice: (id: string, version: number | string) =>
    `/notices/${id}/versions/${version}/translations`,
  noticeTranslation: (id: string, translation: string) => `/notices/${id}/translations/${translation}`,
  /** Below it each format by its name: letter, large-print, poster, leaflet, email or text; of some also with `.pdf`. */
  noticeFormats: (id: string, version: number | string) => `/notices/${id}/versions/${version}/formats`,
  /** Guidance for staff: one page a question. */
  guidance: '/guidance',
  guidancePage: (slug: string) => `/guidance/${slug}`,
  /** The practice's own page for patients, and its form, without log in. */
  practicePrivacy: (ods: string) => `/privacy/${ods}`,
  practiceForm: (ods: string) => `/privacy/${ods}/form`,
  practiceProxyForm: (ods: string) => `/privacy/${ods}/form?for=proxy`,
  practiceFormPdf: (ods: string) => `/privacy/${ods}/form.pdf`,
};
