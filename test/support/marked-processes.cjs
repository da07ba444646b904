const { readdirSync, readFileSync } = require('node:fs');

/** Reads a file under /proc, or '' when the process has ended meanwhile or is another user's. */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(error.code)) return '';
    throw error;
  }
}

/**
 * The running processes that were started with `mark` (NAME=value) in their environment, directly or down the line.
 * Linux only: elsewhere there is no /proc, and the list is empty.
 */
exports.marked = function marked(mark) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => read(`/proc/${name}/environ`).split('\0').includes(mark))
    .map((name) => ({ pid: Number(name), command: read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim() }))
    .filter(({ command }) => command !== ''); // A zombie has none.
};
