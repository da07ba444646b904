import english from 'i18n-iso-countries/langs/en.json';

/** Text as it compares: without accents, case, punctuation and doubled spaces. */
export function plain(value: string): string {
  return value
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** States that shops write both ways, by country: code, then name. Elsewhere a state compares as it is written. */
const STATES: Readonly<Record<string, string>> = {
  us: `AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CA California, CO Colorado, CT Connecticut, DE Delaware, DC District of Columbia,
    FL Florida, GA Georgia, HI Hawaii, ID Idaho, IL Illinois, IN Indiana, IA Iowa, KS Kansas, KY Kentucky, LA Louisiana, ME Maine,
    MD Maryland, MA Massachusetts, MI Michigan, MN Minnesota, MS Mississippi, MO Missouri, MT Montana, NE Nebraska, NV Nevada,
    NH New Hampshire, NJ New Jersey, NM New Mexico, NY New York, NC North Carolina, ND North Dakota, OH Ohio, OK Oklahoma, OR Oregon,
    PA Pennsylvania, RI Rhode Island, SC South Carolina, SD South Dakota, TN Tennessee, TX Texas, UT Utah, VT Vermont, VA Virginia,
    WA Washington, WV West Virginia, WI Wisconsin, WY Wyoming, AS American Samoa, GU Guam, MP Northern Mariana Islands, PR Puerto Rico,
    VI Virgin Islands, AA Armed Forces Americas, AE Armed Forces Europe, AP Armed Forces Pacific`,
  ca: `AB Alberta, BC British Columbia, MB Manitoba, NB New Brunswick, NL Newfoundland and Labrador, NS Nova Scotia,
    NT Northwest Territories, NU Nunavut, ON Ontario, PE Prince Edward Island, QC Quebec, SK Saskatchewan, YT Yukon`,
  au: `ACT Australian Capital Territory, NSW New South Wales, NT Northern Territory, QLD Queensland, SA South Australia, TAS Tasmania,
    VIC Victoria, WA Western Australia`,
};

const COUNTRY_OF = new Map(
  Object.entries(english.countries).flatMap(([code, names]) =>
    [names].flat().map((name) => [plain(name), code.toLowerCase()]),
  ),
);

const STATE_OF = new Map(
  Object.entries(STATES).flatMap(([country, states]) =>
    states.split(',').map((entry) => {
      const [code = '', ...name] = entry.trim().split(' ');
      return [`${country}:${plain(name.join(' '))}`, code.toLowerCase()];
    }),
  ),
);

/** A country's name in English, or its two-letter code, as the code (ISO 3166-1); what is neither stays as it compares. */
export function countryCode(country: string): string {
  const name = plain(country);
  return COUNTRY_OF.get(name) ?? name;
}

/** A state's name or code as the code, within its country. */
export function stateCode(state: string, country: string): string {
  const name = plain(state);
  return STATE_OF.get(`${countryCode(country)}:${name}`) ?? name;
}
