import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

// Loaded into a process whose memory is measured (`node --require`), and so into each of its threads: on SIGHUP all collect garbage.

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const channel = new BroadcastChannel('collect garbage');
channel.onmessage = collect;
channel.unref();
if (isMainThread)
  process.on('SIGHUP', () => {
    channel.postMessage(null);
    collect();
  });
