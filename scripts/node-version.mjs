import { StepFailed } from './step.mjs';

const OLDEST = [20, 19];

/** Throws StepFailed when this Node is older than package.json's `engines` allows. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new StepFailed(
    `Claimkeeper needs Node ${OLDEST.join('.')} or newer (20, 22 or 24); this is ${version}. ` +
      'Install a newer Node (with nvm: nvm install), then run the same command again.',
  );
}
