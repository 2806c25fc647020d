import ipaddr from 'ipaddr.js';

/** Of an IPv6 address the half that names the network: its owner has the other half to play with. */
const NETWORK_PARTS = 4;

/** What the tries from an address are counted by: an IPv4 address, the /64 network of an IPv6 address. */
export function clientNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address); // ::ffff:192.0.2.1 is 192.0.2.1
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const network = parsed.parts.slice(0, NETWORK_PARTS).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}
