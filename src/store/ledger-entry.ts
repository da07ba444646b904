import { type Answer } from '../claims/answer';
import { type LedgerEntry, type LedgerKey } from './ledger';
import { type ledger } from './schema';
import { SEALED, type SealedColumn } from './sealed-columns';
import { type Vault } from './vault';

type Row = typeof ledger.$inferSelect;

/** Ledger entries as rows, with what a brand or a person wrote sealed. */
export interface LedgerSeals {
  sealCommand(key: LedgerKey, command: string): Buffer;
  sealAnswer(key: LedgerKey, answer: Answer): Buffer;
  /** @throws SealBroken */
  entryOf(row: Row): LedgerEntry;
}

export function createLedgerSeals(vault: Vault): LedgerSeals {
  const { ledgerCommand, ledgerAnswer } = SEALED;
  const seal = (column: SealedColumn, { brand, resolutionId }: LedgerKey, text: string): Buffer =>
    vault.seal(brand, column.binding(resolutionId), text);
  const open = (column: SealedColumn, { brand, resolutionId }: LedgerKey, bytes: Uint8Array): string =>
    vault.open(brand, column.binding(resolutionId), bytes);

  return {
    sealCommand: (key, command) => seal(ledgerCommand, key, command),
    sealAnswer: (key, answer) => seal(ledgerAnswer, key, JSON.stringify(answer)),
    entryOf: ({ amount, currency, command, answer, ...row }) => ({
      ...row,
      amount: amount === null || currency === null ? null : { amount, currency },
      command: open(ledgerCommand, row, command),
      answer: answer === null ? null : (JSON.parse(open(ledgerAnswer, row, answer)) as Answer),
    }),
  };
}
