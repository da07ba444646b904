import { gzipSync } from 'node:zlib';
import { DEEPEST } from '../../src/intake/json-depth';

/** Bodies that somebody might send, with the headers that go with them, and what each is answered with. */
export interface HostileBodies {
  name: string;
  bodies: Buffer[];
  headers?: Record<string, string>;
  /** What a sender signs, where that is not the body as it is sent: a signature is over what was packed. */
  signs?: Buffer;
  status: number;
}

const MAX = 1024 * 1024;
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** An event of a source, with one part of it written as is said, in JSON. */
export type Written = (part: string) => string;

/** JSON that a careless reader falls over, in the place of one part of an event. */
const PARTS: Record<string, string> = {
  'nested as deep as is read': nested(DEEPEST - 2),
  'nested one deeper': nested(DEEPEST + 1),
  'nested a hundred thousand deep': nested(100_000),
  'objects nested without end': `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
  'U+0000, escaped': '"a\\u0000b"',
  'half a surrogate pair, escaped': '"\\ud83d"',
  'a surrogate pair the wrong way round': '"\\ude00\\ud83d"',
  'characters of four bytes': '"📦𝒳🏴󠁧󠁢󠁳󠁣󠁴󠁿"',
  'text that is turned around': '"\\u202egpj.exe"',
  'line separators of JavaScript': '"\u2028\u2029"',
  'one long text': `"${'x'.repeat(100_000)}"`,
  'very many keys': `{${Array.from({ length: 10_000 }, (_, n) => `"k${n}":1`).join()}}`,
  __proto__: '{"__proto__":{"isAdmin":true},"claim_id":"p1"}',
  'constructor and prototype': '{"constructor":{"prototype":{"isAdmin":true}},"toString":1,"hasOwnProperty":null}',
  toJSON: '{"toJSON":"x"}',
  'then, as of a promise': '{"then":"x"}',
  'a number too large to be one': '1e999',
  'a number that is not exact': '12345678901234567890',
  'less than nothing': '-0',
  'digits as text': '"28.62"',
  'the same key twice': '{"a":1,"a":2}',
  'an empty key': '{"":"","_":"","__":""}',
  nothing: 'null',
  yes: 'true',
  'a list': '[[],{},null,0,""]',
};

/** Whole bodies that are no event at all: JSON, so they are kept. */
const WHOLE: Record<string, string> = {
  'a list': '[]',
  'a list of events': '[{"topic":"claim.created"},{"ref":"claims/created"}]',
  'a text': '"claim.created"',
  'a number': '0',
  'a number too large to be one': '-1e999',
  true: 'true',
  null: 'null',
  'an empty object': '{}',
  'an object with __proto__ alone': '{"__proto__":null}',
  'blanks around it': '\r\n\t {} \n',
  'a byte order mark before it': '\uFEFF{}',
  'lists nested without end': nested(200_000),
};

/** What is no JSON in UTF-8. */
const BROKEN: Record<string, Buffer> = {
  'nothing at all': Buffer.alloc(0),
  blanks: Buffer.from(' \n '),
  'a byte order mark alone': Buffer.from('\uFEFF'),
  'half an object': Buffer.from('{"topic": "claim.created"'),
  'two objects': Buffer.from('{}{}'),
  'a comma too many': Buffer.from('{"a":1,}'),
  NaN: Buffer.from('NaN'),
  'a comment': Buffer.from('{} // done'),
  'a form': Buffer.from('topic=claim.created&claim_id=1'),
  'U+0000 as a byte': Buffer.from('{"a":"\0"}'),
  'a byte that no UTF-8 has': Buffer.from([0x22, 0xff, 0x22]),
  'a character cut in half': Buffer.from('"📦"').subarray(0, 3),
  'an overlong slash': Buffer.from([0x22, 0xc0, 0xaf, 0x22]),
  'half a surrogate pair as bytes': Buffer.from([0x22, 0xed, 0xa0, 0xbd, 0x22]),
  'Latin 1': Buffer.from('{"a":"caf\xe9"}', 'latin1'),
  'UTF-16': Buffer.from('\uFEFF{}', 'utf16le'),
  'unclosed nesting without end': Buffer.from('['.repeat(500_000)),
};

/** What a door answers whose sender is known. `places` puts a part into an event, each into another place. */
export function hostileBodies(places: readonly Written[]): HostileBodies[] {
  const parts = rows(PARTS, 200, (part) => places.map((write) => Buffer.from(write(part))));
  const whole = rows(WHOLE, 200, (json) => [Buffer.from(json)]);
  const broken = rows(BROKEN, 400, (body) => [body]);
  return [...parts, ...whole, ...broken, ...SIZES, ...ENCODINGS];
}

function rows<T>(corpus: Record<string, T>, status: number, bodiesOf: (one: T) => Buffer[]): HostileBodies[] {
  return Object.entries(corpus).map(([name, one]) => ({ name, bodies: bodiesOf(one), status }));
}

const ofSize = (size: number): Buffer => Buffer.from(`"${'x'.repeat(size - 2)}"`);

const SIZES: HostileBodies[] = [
  { name: 'one byte below the limit', bodies: [ofSize(MAX - 1)], status: 200 },
  { name: 'the limit to the byte', bodies: [ofSize(MAX)], status: 200 },
  { name: 'one byte above the limit', bodies: [ofSize(MAX + 1)], status: 413 },
  { name: 'four times the limit', bodies: [ofSize(4 * MAX)], status: 413 },
];

const json = (type: string): Record<string, string> => ({ 'content-type': type });
const packed = (encoding: string): Record<string, string> => ({ 'content-encoding': encoding });

const TWICE = gzipSync('{"a":4}');

const ENCODINGS: HostileBodies[] = [
  {
    name: 'JSON of a kind of its own',
    bodies: [Buffer.from('{}')],
    headers: json('application/cloudevents+json'),
    status: 200,
  },
  {
    name: 'a charset that it is not in',
    bodies: [Buffer.from('{"a":1}')],
    headers: json('application/json; charset=utf-16'),
    status: 200,
  },
  {
    name: 'a charset that is none',
    bodies: [Buffer.from('{"a":2}')],
    headers: json('application/json; charset="klingon"'),
    status: 200,
  },
  { name: 'text', bodies: [Buffer.from('{}')], headers: json('text/plain'), status: 415 },
  {
    name: 'a form with files',
    bodies: [Buffer.from('{}')],
    headers: json('multipart/form-data; boundary=x'),
    status: 415,
  },
  {
    name: 'a type that only looks like JSON',
    bodies: [Buffer.from('{}')],
    headers: json('application/jsonx'),
    status: 415,
  },
  { name: 'a bomb of zeros', bodies: [gzipSync(Buffer.alloc(64 * MAX))], headers: packed('gzip'), status: 413 },
  { name: 'said to be packed and is not', bodies: [Buffer.from('{}')], headers: packed('gzip'), status: 400 },
  { name: 'packed and cut off', bodies: [gzipSync('{"a":3}').subarray(0, 12)], headers: packed('gzip'), status: 400 },
  { name: 'packed twice', bodies: [gzipSync(TWICE)], headers: packed('gzip'), signs: TWICE, status: 400 },
  { name: 'packed in a way nobody knows', bodies: [Buffer.from('{}')], headers: packed('rot13'), status: 415 },
];
