/**
 * Codes that say something about sharing and are neither a type 1 nor a type 2 objection: about the Summary Care Record,
 * other shared records, one audit, one third party. Somebody has to be able to see that they were found, and did not
 * count. Source: North West London Discovery, list of consent codes; looked up 2026-11-20.
 */
export const lookAlikeCodes: ReadonlySet<string> = new Set([
  ...['9Ndo', 'XaXj6'],
  ...['93C3', 'XaKRy'],
  ...['93C1', 'XaKRw'],
  ...['9M1', '9M1.', 'XaJrC'],
  ...['9Nd1', 'XaKII'],
  ...['9Nd9', 'XaN25'],
  ...['9NdH', 'XaNwT'],
  ...['9NdJ', 'XaNwU'],
  ...['9Ndt', 'XaY7Y'],
  ...['9Nd7', 'XaNwR'],
]);
