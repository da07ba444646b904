// Ends what a test run leaves behind when it is interrupted: every process that carries the run's mark in its environment.
// Standard input is a pipe that jest holds; it ends when jest does, however jest ends.
const { marked } = require('./marked-processes.cjs');

const [mark] = process.argv.slice(2);

process.stdin.on('end', () => {
  for (const { pid } of marked(mark)) process.kill(pid, 'SIGKILL');
});
process.stdin.resume();
