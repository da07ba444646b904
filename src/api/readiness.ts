import { type Logger } from 'pino';

/** What does not answer a probe within this time does not answer. */
const PROBE_MS = 2_000;

/** The names of what is needed and does not answer; none when all is ready. */
export async function failingOf(needs: Readonly<Record<string, Promise<void>>>, log: Logger): Promise<string[]> {
  const failing = await Promise.all(
    Object.entries(needs).map(async ([name, answer]) => {
      try {
        await withinProbeTime(answer);
        return [];
      } catch (error) {
        log.warn({ needs: name, err: error }, 'not ready');
        return [name];
      }
    }),
  );
  return failing.flat();
}

async function withinProbeTime(answer: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PROBE_MS} ms`)), PROBE_MS);
  });
  await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
