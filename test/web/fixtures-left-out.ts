const deprecated = 'an option that the package itself gives up in its next version';
const translated = 'words in other languages, for a script; our pages are in English';
const noGroups = 'groups of links in the footer; ours has one line of them';
const looks = 'another look of the menu, which ours never has';

/** By component, the fixtures of the NHS.UK package that our partials need not give, each with its reason. */
export const leftOut: Record<string, Record<string, string>> = {
  'character-count': {
    'with neither maxlength nor maxwords set': translated,
    'with translations': translated,
  },
  checkboxes: {
    'with "none" option, deprecated': deprecated,
    'with "none" option (named group)': deprecated,
    'with "none" option (named group, unique)': deprecated,
  },
  'file-upload': {
    button: translated,
    'with multiple': translated,
    'with translations': translated,
  },
  footer: {
    default: noGroups,
    'with meta and navigation': noGroups,
    'with multiple navigation groups': noGroups,
    'with multiple navigation groups and custom HTML': noGroups,
    'with multiple navigation groups and headings': noGroups,
    'with multiple navigation groups and headings as strings': noGroups,
    'with single navigation group': noGroups,
    'with single navigation group (empty items)': noGroups,
  },
  header: {
    'with navigation (justified)': looks,
    'with navigation (overflow, white)': looks,
  },
  label: {
    'with deprecated page heading': deprecated,
    'with deprecated page heading overriding heading': deprecated,
  },
  legend: {
    'with deprecated page heading': deprecated,
    'with deprecated page heading overriding heading': deprecated,
  },
  pagination: { 'with deprecated options': deprecated },
  'password-input': { 'with translations': translated },
  tables: { 'as a card (feature) with deprecated options': deprecated },
  'task-list': {
    'with deprecated status classes': deprecated,
    'with deprecated titles': deprecated,
  },
};
