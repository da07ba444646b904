/** The database does not answer, refuses us or has no tables. The message says what to do and holds no password. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** The database refused a statement. The message is the database's own, without the values that were sent. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
}

/** Another process has the embedded database open. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';
}

/** Sealed bytes that do not open: no master key fits, or they were changed or moved. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** A master key that has sealed something here is none of those that the process was given. */
export class MasterKeyMissing extends Error {
  override readonly name = 'MasterKeyMissing';
}

/** A ledger row that should be there is not, or is not in the state that the call needs. */
export class LedgerMismatch extends Error {
  override readonly name = 'LedgerMismatch';
}

/** The audit log cannot be continued, because what is there of it is not what was written. */
export class AuditBroken extends Error {
  override readonly name = 'AuditBroken';
}

/** A brand's configuration would send secrets that are kept to another address. `secrets` are their names (`kustomer.apiKey`). */
export class SecretsToGiveAgain extends Error {
  override readonly name = 'SecretsToGiveAgain';
  constructor(readonly secrets: readonly string[]) {
    super(`To be given again, because baseUrl changes: ${secrets.join(', ')}`);
  }
}
