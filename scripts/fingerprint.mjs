import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

function* filesUnder(place) {
  if (!statSync(place).isDirectory()) {
    yield place;
    return;
  }
  for (const name of readdirSync(place).sort()) yield* filesUnder(path.join(place, name));
}

/** SHA-256 (hex) over names and contents of the files and folders given, without the folder `except`; one that does not exist is an error. */
export function fingerprint(root, places, except = '') {
  const hash = createHash('sha256');
  for (const place of places) {
    for (const file of filesUnder(path.join(root, place))) {
      if (except !== '' && file.startsWith(path.join(root, except, path.sep))) continue;
      const content = readFileSync(file);
      hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}
