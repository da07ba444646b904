// What `npm run … -- …` was called with.
import { StepFailed } from './step.mjs';

/** The arguments after the script. `--help` prints the usage and ends the process; nothing is loaded for it. */
export function argumentsFor(usage) {
  const given = process.argv.slice(2);
  if (given.includes('--help') || given.includes('-h')) {
    console.log(usage);
    process.exit(0);
  }
  return given;
}

/** The same for a script that takes none. */
export function noArgumentsFor(usage) {
  const [first] = argumentsFor(usage);
  if (first !== undefined) throw new StepFailed(`"${first}" is not taken.\n\n${usage}`);
}
