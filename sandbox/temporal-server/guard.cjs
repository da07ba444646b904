// Runs a server as its child and stops it when standard input ends. Standard input is a pipe that the starting
// process holds: the system closes it when that process ends, also when it was killed and could clean up nothing.
const { spawn } = require('node:child_process');

const GRACE_MS = 10_000;

const [options, command, ...args] = process.argv.slice(2);
const { endsBy = 'SIGTERM', ...runsAs } = JSON.parse(options);
const server = spawn(command, args, { ...runsAs, stdio: ['ignore', 'inherit', 'inherit'] });

server.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
server.on('exit', (code) => process.exit(code ?? 1));

// The starting process may be gone, and with it the readers of our output.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

process.stdin.on('end', () => {
  server.kill(endsBy);
  setTimeout(() => server.kill('SIGKILL'), GRACE_MS).unref();
});
process.stdin.resume();
