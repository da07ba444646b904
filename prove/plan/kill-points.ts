/** Places in the product at which a process can be made to die at once: between two steps that must both happen. */
export const KILL_POINTS = {
  api: [
    'webhook in, not stored',
    'webhook stored, not answered',
    'delivery leased, not signalled',
    'delivery signalled, not recorded',
    'callback stored, not answered',
  ],
  worker: [
    'command in the ledger, not sent',
    'Kustomer has committed',
    'the brand has committed',
    'Order Protection has committed',
    'command sent, not recorded',
    'answer reported, not recorded',
  ],
} as const;

export type KilledRole = keyof typeof KILL_POINTS;
export type KillPoint = (typeof KILL_POINTS)[KilledRole][number];

/** The variable that names the file in which a process looks for the point at which it is to die; it renames the file as its last act. */
export const KILL_FILE = 'CLAIMKEEPER_PROVE_KILL_FILE';
/** The variable that names the fault that is switched in. */
export const FAULT = 'CLAIMKEEPER_PROVE_FAULT';

/** What a process renames its kill file to when it dies by it. */
export const diedBy = (killFile: string): string => `${killFile}.died`;
