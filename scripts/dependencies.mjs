import { readFileSync } from 'node:fs';
import path from 'node:path';
import { run, step, StepFailed } from './step.mjs';

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes what it installed to
 * node_modules/.package-lock.json as its last act, so an interrupted install does not count.
 * Optional packages of other platforms are not installed and not asked for.
 */
export function isInstalled(root) {
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  const present = readPackages(path.join(root, 'node_modules/.package-lock.json'));
  if (!wanted) throw new StepFailed('package-lock.json is missing. Take it from the repository again.');
  if (!present) return false;
  return Object.entries(wanted).every(([place, { version, integrity, optional }]) => {
    if (place === '') return true;
    const found = present[place];
    return found ? found.version === version && found.integrity === integrity : optional === true;
  });
}

/** Runs `npm ci` unless node_modules is already what package-lock.json says. */
export async function installDependencies(root) {
  if (isInstalled(root)) return;
  // The npm that runs this script, if one does; its path is a JavaScript file.
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [command, ...args] = [...npm, 'ci', '--no-audit', '--no-fund', '--prefix', root];
  await step('Installing dependencies (npm ci)', () =>
    run(command, args, {
      remedy:
        'The dependencies could not be installed. npm needs its registry: check the network, a proxy ' +
        '(npm config get proxy) and the registry setting (npm config get registry), then run the same command again.',
    }),
  );
}
