/** Tells that something may be there to do. A ring may be for nothing, and one may be lost: look by yourself now and then. */
export interface Bell {
  /** Never waits and never fails. */
  ring(): void;
  /** Calls `listener` for each ring, until the function that is given back is called. */
  onRing(listener: () => void): () => void;
  close(): Promise<void>;
}

/** A bell that is heard in this process only. */
export function createLocalBell(): Bell {
  const listeners = new Set<() => void>();
  return {
    ring() {
      for (const listener of listeners) listener();
    },
    onRing(listener) {
      // Wrapped, so that the same function given twice is two listeners.
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    close() {
      listeners.clear();
      return Promise.resolve();
    },
  };
}
