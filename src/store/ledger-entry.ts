import { type Answer } from '../claims/answer';
import { type LedgerEntry, type LedgerKey } from './ledger';
import { type ledger } from './schema';
import { bindingOf, type Vault } from './vault';

type Row = typeof ledger.$inferSelect;

/** Ledger entries as rows, with what a brand or a person wrote sealed. */
export interface LedgerSeals {
  sealCommand(key: LedgerKey, command: string): Buffer;
  sealAnswer(key: LedgerKey, answer: Answer): Buffer;
  /** @throws SealBroken */
  entryOf(row: Row): LedgerEntry;
}

export function createLedgerSeals(vault: Vault): LedgerSeals {
  const seal = (column: 'command' | 'answer', { brand, resolutionId }: LedgerKey, text: string): Buffer =>
    vault.seal(brand, bindingOf(`ledger.${column}`, resolutionId), text);
  const open = (column: 'command' | 'answer', { brand, resolutionId }: LedgerKey, bytes: Uint8Array): string =>
    vault.open(brand, bindingOf(`ledger.${column}`, resolutionId), bytes);

  return {
    sealCommand: (key, command) => seal('command', key, command),
    sealAnswer: (key, answer) => seal('answer', key, JSON.stringify(answer)),
    entryOf: ({ amount, currency, command, answer, ...row }) => ({
      ...row,
      amount: amount === null || currency === null ? null : { amount, currency },
      command: open('command', row, command),
      answer: answer === null ? null : (JSON.parse(open('answer', row, answer)) as Answer),
    }),
  };
}
