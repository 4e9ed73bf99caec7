/** Words that put people off, or ask for what nobody need give. Each with what is wrong with it. */
const phrases: readonly { readonly words: RegExp; readonly why: string }[] = [
  {
    words:
      /\b(must|have to|has to|need to|needs to|should|please|required to)\s+(first\s+)?(see|speak (to|with)|talk (to|with)|visit|ask|discuss (it|this) with)\s+(a|an|your|the|our)\s+(own\s+)?(doctor|gp|nurse|clinician)/i,
    why: 'nobody has to see a doctor about this',
  },
  {
    words:
      /\b(make|book|need|needs)\s+(an?|your)\s+(appointment|consultation)\b|\bappointment\s+(is|will be)\s+(needed|required)/i,
    why: 'nobody needs an appointment for this',
  },
  {
    words:
      /\b(give|state|write|tell\s+us|include|say|provide|explain)\s+(us\s+)?(a|your|the|what|any)\s+reasons?\b|\b(tell us|say|explain|state)\s+why\b/i,
    why: 'nobody has to give a reason',
  },
  {
    words:
      /\bcare\s+(may|might|could|can|will)\s+(be\s+)?(suffer|affected|delayed|harmed|worse)|\b(harm|affect|delay|risk)s?\s+your\s+care\b/i,
    why: 'care is never affected',
  },
  {
    words:
      /\bthink\s+(very\s+)?(carefully|hard|again|twice)\b|\bare\s+you\s+(really\s+)?sure\b|\bbefore\s+you\s+decide\s+to\s+object\b/i,
    why: 'it warns people off',
  },
  {
    words:
      /\b(harms?|hurts?|damages?|costs?|endangers?)\s+(research|lives|the nhs|other patients|everyone|everybody)\b|\blives\s+(may|will|could)\s+be\s+lost\b/i,
    why: 'it lays a burden on whoever objects',
  },
  {
    words:
      /\b(we|strongly)\s+(strongly\s+)?(advise|urge|recommend|encourage)\s+(you\s+)?(not\s+to|against)\b|\b(selfish|regret)\b|\bmiss\s+out\b/i,
    why: 'it advises people what to choose',
  },
];

const NEGATED = /\b(not|never|no|nor|without|nobody)\b|n[’']t\b/i;

export type Discouraging = { readonly words: string; readonly why: string };

/**
 * What in a text discourages people from objecting. A sentence that says the opposite is let through: "You do not need
 * to see a doctor".
 */
export function discouraging(text: string): Discouraging[] {
  return text.split(/(?<=[.!?;:])\s+|\n+/).flatMap((sentence) =>
    phrases.flatMap(({ words, why }) => {
      const found = words.exec(sentence);
      if (found === null || NEGATED.test(sentence.slice(0, found.index))) return [];
      return [{ words: found[0], why }];
    }),
  );
}
