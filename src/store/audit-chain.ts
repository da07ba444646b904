import { createHmac, randomBytes } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';
import { type AuditEntry, type AuditHead, type AuditLine, type AuditReport } from './audit';
import { storable } from './columns';

/** The end of the chain, and the key of its hashes. Sealed, so that who holds the database alone can neither compute a hash nor move the end. */
export interface ChainEnd extends AuditHead {
  key: string;
}

const FAULTS_NAMED = 50;

/** A chain without lines, with a new key. */
export function newChain(): ChainEnd {
  return { key: randomBytes(32).toString('hex'), seq: 0, hash: '' };
}

/** The line that follows the end of the chain. */
export function nextLine({ key, seq, hash }: ChainEnd, entry: AuditEntry): AuditLine {
  const [brand, claimId] = [asStored(entry.brand), asStored(entry.claimId)];
  const line = { ...entry, brand, claimId, seq: seq + 1, previous: hash };
  return { ...line, hash: hashOf(key, line) };
}

/** The hash is of what the database gives back. */
const asStored = (text: string | null): string | null => (text === null ? null : storable(text));

function hashOf(key: string, line: Omit<AuditLine, 'hash'>): string {
  const canonical = stringify(line);
  return createHmac('sha256', Buffer.from(key, 'hex')).update(canonical).digest('hex');
}

/** Takes the lines in their order, then reports. A line that was changed is one fault, whatever follows. */
export function createChainCheck(end: ChainEnd, kept?: AuditHead) {
  const faults: string[] = [];
  let faultCount = 0;
  let expected = 1;
  /** The hash of the line before, or `null` where that line is at fault already. */
  let previous: string | null = '';
  let keptHash: string | null = null;

  const found = (fault: string): void => {
    if (++faultCount <= FAULTS_NAMED) faults.push(fault);
  };
  const missing = (from: number, to: number): void =>
    found(from === to ? `Line ${from} is missing.` : `Lines ${from} to ${to} are missing.`);

  return {
    take(line: AuditLine): void {
      const { seq, hash, ...content } = line;
      if (seq < 1 || seq > end.seq)
        return found(
          `Line ${seq} stands outside of the log, which ends with line ${end.seq}: Claimkeeper did not write it.`,
        );
      if (seq < expected) return found(`Line ${seq} stands there more than once.`);
      if (seq > expected) missing(expected, seq - 1);
      const isSound = hash === hashOf(end.key, { seq, ...content });
      if (!isSound) found(`Line ${seq} was changed: it does not give its hash.`);
      else if (seq === expected && previous !== null && line.previous !== previous)
        found(`Line ${seq} does not follow from line ${seq - 1}: one of them was put in another's place.`);
      if (seq === kept?.seq) keptHash = hash;
      expected = seq + 1;
      previous = isSound ? hash : null;
    },

    report(): AuditReport {
      if (expected <= end.seq) missing(expected, end.seq);
      else if (previous !== null && previous !== end.hash)
        found(`Line ${end.seq} is not the one that was written last.`);
      if (kept !== undefined && keptHash !== kept.hash)
        found(
          kept.seq > end.seq
            ? `Line ${kept.seq}, which was noted, is behind the end of the log (line ${end.seq}): an older state was put back.`
            : `Line ${kept.seq} is not the one that was noted.`,
        );
      return { head: { seq: end.seq, hash: end.hash }, faults, faultCount };
    },
  };
}
