/** Whether a Content-Type announces JSON (RFC 8259; `+json` by RFC 6839). */
export function isJsonType(contentType: string | undefined): boolean {
  return /^application\/(?:[\w.!#$&^-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '');
}

/** A JSON text as it came, and its value. */
export interface JsonBody {
  text: string;
  value: unknown;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a body as JSON in UTF-8 (RFC 8259 section 8.1); `null` when it is not. */
export function readJson(body: Uint8Array): JsonBody | null {
  try {
    const text = utf8.decode(body);
    return { text, value: JSON.parse(text) };
  } catch {
    return null;
  }
}
