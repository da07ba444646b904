import ipaddr from 'ipaddr.js';

/**
 * Where clouds answer their own machines, with credentials among the rest: whoever can have these dialled can take the machine's
 * identity. Some lie in ranges that are allowed with good reason, one (Azure) in public space.
 */
export const METADATA = [
  '169.254.169.254/32', // AWS, Google, Azure, Oracle, DigitalOcean, OpenStack
  '169.254.170.2/32', // AWS, containers
  '169.254.170.23/32', // AWS, pods
  '169.254.0.23/32', // Tencent
  '169.254.42.42/32', // Scaleway
  '100.100.100.200/32', // Alibaba
  '168.63.129.16/32', // Azure, host agent
  '192.0.0.192/32', // Oracle
  'fd00:ec2::254/128', // AWS
  'fd00:ec2::23/128', // AWS, pods
  'fd20:ce::254/128', // Google
  'fd00:42::42/128', // Scaleway
].map((range) => ipaddr.parseCIDR(range));
