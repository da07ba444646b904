import { isSigned } from '../../../src/integrations/karla/signature';
import { signed } from './sample';

/** Made with OpenSSL, not with this code: 320 bytes, signed at 2025-05-06T07:08:09Z. */
const SECRET = 'kwh_demo_0f3c9a7d51e24b68';
const TIME = 1_746_515_289;
const BODY =
  '{"source":"claims","ref":"claims/created","version":1,"triggered_at":"2025-05-06T07:08:09+00:00","event_group":"claim_created","event_data":{"claim_id":"5d0c2f1e-9b7a-4c3d-8e21-6a4f0b9d7c13","event_name":"created","status":"pending"},"context":{},"shop_slug":"nordlicht","shop_id":"b1a7c0de-0000-4000-8000-000000000042"}';
const DIGEST = '2304992989ad44f6549eda1a331b82edb1b9731dbdbc29e3977061c5a31f54af';
const HEADER = `t=${TIME},v1=${DIGEST}`;
const OTHER = DIGEST.replace('2', '3');

interface Case {
  header?: string | null;
  body?: string;
  secrets?: string[];
  /** Seconds between the signing and the arrival. */
  late?: number;
}

const isTaken = ({ header = HEADER, body = BODY, secrets = [SECRET], late = 0 }: Case): boolean =>
  isSigned(
    {
      header: (name) => (name === 'karla-signature' ? (header ?? undefined) : undefined),
      body: Buffer.from(body),
      receivedAt: new Date((TIME + late) * 1_000),
    },
    secrets,
  );

test.each<[string, Case]>([
  ['the vector', {}],
  ['a clock that is 300 s behind', { late: -300 }],
  ['a clock that is 300 s ahead', { late: 300 }],
  ['the second of two secrets', { secrets: ['the-old-one', SECRET] }],
  ['several v1 of which one is right', { header: `t=${TIME},v1=${OTHER},v1=${DIGEST}` }],
  ['parts in another order, with blanks', { header: `v1=${DIGEST}, t=${TIME}` }],
  ['parts that are not known yet', { header: `${HEADER},v2=abc` }],
  ['what this helper signs', { header: signed(BODY, 'another-secret', TIME), secrets: ['another-secret'] }],
])('taken: %s', (_name, given) => {
  expect(isTaken(given)).toBe(true);
});

test.each<[string, Case]>([
  ['301 s after it was signed', { late: 301 }],
  ['301 s before it was signed', { late: -301 }],
  ['one byte of the body changed', { body: BODY.replace('pending', 'Pending') }],
  ['the same JSON with a blank', { body: BODY.replace('":', '": ') }],
  ['the secret of another shop', { secrets: ['kwh_demo_0f3c9a7d51e24b69'] }],
  ['no secret set', { secrets: [] }],
  ['another time under the same digest', { header: `t=${TIME + 1},v1=${DIGEST}` }],
  ['no header', { header: null }],
  ['an empty header', { header: '' }],
  ['no time', { header: `v1=${DIGEST}` }],
  ['no digest', { header: `t=${TIME}` }],
  ['two times', { header: `t=${TIME},t=${TIME},v1=${DIGEST}` }],
  ['a time that is no number', { header: `t=now,v1=${DIGEST}` }],
  ['a digest that is cut short', { header: `t=${TIME},v1=${DIGEST.slice(0, 62)}` }],
  ['a digest of something else', { header: `t=${TIME},v1=${OTHER}` }],
  ['the digest under another version', { header: `t=${TIME},v0=${DIGEST}` }],
  ['the secret itself', { header: SECRET }],
])('refused: %s', (_name, given) => {
  expect(isTaken(given)).toBe(false);
});
