import { type AttributeValue, type Klaim } from '../klaim';

/** What becomes of one attribute. Without `from` it was not written before, without `to` it is not written any more. */
export interface AttributeChange {
  attribute: string;
  from?: AttributeValue;
  to?: AttributeValue;
}

/** The attributes, `title` and `description` among them, that two Klaims of a claim show differently. */
export function changesBetween(before: Klaim, after: Klaim): AttributeChange[] {
  const [old, now] = [shownBy(before), shownBy(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((attribute) => {
    const [from, to] = [old.get(attribute), now.get(attribute)];
    if (from === to) return [];
    return [{ attribute, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
  });
}

function shownBy({ title, description, custom }: Klaim): Map<string, AttributeValue> {
  return new Map<string, AttributeValue>(Object.entries({ title, description, ...custom }));
}
