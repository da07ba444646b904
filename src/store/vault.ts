import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { storable } from './columns';
import { SealBroken } from './errors';

/** Encrypts and decrypts, with a key per brand. `binding` names the place (table, column, row): what is moved elsewhere does not open. */
export interface Vault {
  /** The ids of its master keys: the first one's seals, all open. They tell nothing of the keys. */
  readonly keyIds: readonly string[];
  seal(brand: string, binding: string, content: string | Uint8Array): Buffer;
  /** As text. @throws SealBroken when no master key fits, or the bytes were changed or moved. */
  open(brand: string, binding: string, sealed: Uint8Array): string;
  /** As bytes. @throws SealBroken */
  openBytes(brand: string, binding: string, sealed: Uint8Array): Buffer;
}

/** In the place of the brand for what belongs to none: no brand has this name. */
export const INSTALLATION = '';

/** Names a place in the database, by the row's key as it is stored. */
export function bindingOf(column: string, ...key: string[]): string {
  return JSON.stringify([column, ...key.map(storable)]);
}

const FORMAT = 1;
/** Where sealed bytes hold the id of their master key. */
export const KEY_ID_OFFSET = 1;
export const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = KEY_ID_OFFSET + KEY_ID_BYTES;

/**
 * AES-256-GCM with a random 96-bit nonce and, per brand, a key derived by HKDF-SHA256 (RFC 5869), so that no look-up is in the way.
 * Sealed bytes: format, id of the master key, nonce, tag, ciphertext. The first master key seals, all open.
 *
 * @param masterKeys 32 bytes each, at least one.
 */
export function createVault(masterKeys: readonly Buffer[]): Vault {
  if (masterKeys.length === 0 || masterKeys.some((key) => key.length !== 32))
    throw new Error('The vault needs at least one master key, each of 32 bytes.');
  const keyrings = masterKeys.map((master) => ({
    id: derive(master, 'key id', KEY_ID_BYTES),
    brandKey: keysByBrand(master),
  }));
  const [first] = keyrings as [(typeof keyrings)[number]];

  function openBytes(brand: string, binding: string, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const header = bytes.subarray(0, HEADER_BYTES);
    const id = header.subarray(KEY_ID_OFFSET);
    const nonce = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
    const tag = bytes.subarray(HEADER_BYTES + NONCE_BYTES, HEADER_BYTES + NONCE_BYTES + TAG_BYTES);
    if (header[0] !== FORMAT || tag.length !== TAG_BYTES)
      throw new SealBroken(`${binding} of brand ${brand} does not hold sealed bytes.`);
    const keyring = keyrings.find((one) => one.id.equals(id));
    if (keyring === undefined)
      throw new SealBroken(
        `${binding} of brand ${brand} was sealed with master key ${id.toString('hex')}, which is none of those in use ` +
          `(${keyrings.map((one) => one.id.toString('hex')).join(', ')}): add that key to CLAIMKEEPER_MASTER_KEYS, behind the first.`,
      );
    try {
      const cipher = createDecipheriv('aes-256-gcm', keyring.brandKey(brand), nonce)
        .setAAD(associated(header, brand, binding))
        .setAuthTag(tag);
      const ciphertext = bytes.subarray(HEADER_BYTES + NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([cipher.update(ciphertext), cipher.final()]);
    } catch (error) {
      throw new SealBroken(
        `${binding} of brand ${brand} does not open: its bytes were changed, or moved here from another row. Restore the row from a backup.`,
        { cause: error },
      );
    }
  }

  return {
    keyIds: keyrings.map(({ id }) => id.toString('hex')),

    seal(brand, binding, content) {
      const header = Buffer.concat([Buffer.of(FORMAT), first.id]);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first.brandKey(brand), nonce).setAAD(
        associated(header, brand, binding),
      );
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
      const ciphertext = Buffer.concat([cipher.update(bytes), cipher.final()]);
      return Buffer.concat([header, nonce, cipher.getAuthTag(), ciphertext]);
    },

    open: (brand, binding, sealed) => openBytes(brand, binding, sealed).toString('utf8'),
    openBytes,
  };
}

function associated(header: Buffer, brand: string, binding: string): Buffer {
  return Buffer.concat([header, Buffer.from(JSON.stringify([brand, binding]), 'utf8')]);
}

function derive(master: Buffer, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', master, 'claimkeeper', purpose, bytes));
}

function keysByBrand(master: Buffer): (brand: string) => Buffer {
  const keys = new Map<string, Buffer>();
  return (brand) => {
    const key = keys.get(brand) ?? derive(master, `brand:${brand}`, 32);
    keys.set(brand, key);
    return key;
  };
}
