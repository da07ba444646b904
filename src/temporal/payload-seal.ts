import { type Payload } from '@temporalio/common';
import { temporal } from '@temporalio/proto';

/** What seals bytes under a named key: the vault of src/store. What was sealed under one name opens under no other. */
export interface PayloadVault {
  seal(key: string, binding: string, content: Uint8Array): Uint8Array;
  /** @throws when it does not open, with the reason. */
  openBytes(key: string, binding: string, sealed: Uint8Array): Uint8Array;
}

/** Seals whole payloads, metadata included. */
export interface PayloadSeal {
  seal(key: string, payload: Payload): Payload;
  /** null for what is not sealed or does not open; why it does not open is told to `report`. */
  open(key: string, payload: Payload): Payload | null;
}

/** As Temporal's own samples of encryption name them (docs.temporal.io, "Codecs and encryption"). */
const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';

const BINDING = 'a Temporal payload';

const { Payload: PayloadMessage } = temporal.api.common.v1;

/** @param report gets the reason why a payload does not open: which key is missing, or that its bytes were changed. */
export function createPayloadSeal(vault: PayloadVault, report: (reason: string) => void): PayloadSeal {
  return {
    seal: (key, payload) => ({
      metadata: { encoding: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(key) },
      data: vault.seal(key, BINDING, PayloadMessage.encode(payload).finish()),
    }),
    open(key, payload) {
      if (keyOf(payload) === null) return null;
      try {
        return PayloadMessage.decode(vault.openBytes(key, BINDING, payload.data ?? new Uint8Array()));
      } catch (error) {
        report(error instanceof Error ? error.message : String(error));
        return null;
      }
    },
  };
}

/** The name of the key that a sealed payload says it needs; null for a payload that is not sealed. */
export function keyOf({ metadata }: Payload): string | null {
  return textOf(metadata?.['encoding']) === ENCODING ? textOf(metadata?.[KEY_ID]) : null;
}

function textOf(bytes: Uint8Array | null | undefined): string | null {
  return bytes == null ? null : Buffer.from(bytes).toString('utf8');
}
