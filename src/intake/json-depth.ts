/** Nesting of JSON that is read: deeper than any payload that means something, and far from what would exhaust a stack. */
export const DEEPEST = 100;

const [QUOTE, BACKSLASH] = ['"'.charCodeAt(0), '\\'.charCodeAt(0)];
const OPENING = new Set(['{', '['].map((bracket) => bracket.charCodeAt(0)));
const CLOSING = new Set(['}', ']'].map((bracket) => bracket.charCodeAt(0)));

/** Whether valid JSON is nested deeper than {@link DEEPEST}. Looks at the text, so that nothing recurses into the value. */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (isInString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (OPENING.has(code)) {
      if (++depth > DEEPEST) return true;
    } else if (CLOSING.has(code)) depth--;
  }
  return false;
}
