/** Encrypts and decrypts text, with a key per brand. `binding` names the place (table, column, row): what is moved elsewhere does not open. */
export interface Vault {
  seal(brand: string, binding: string, text: string): Buffer;
  /** @throws SealBroken when no master key fits, or the bytes were changed or moved. */
  open(brand: string, binding: string, sealed: Uint8Array): string;
}
