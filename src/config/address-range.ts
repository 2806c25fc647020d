import * as ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A network and its number of prefix bits. */
export type AddressRange = [Address, number];

export const isWithin = ([network, bits]: AddressRange, address: Address): boolean =>
  network.kind() === address.kind() && address.match(network, bits);

/** A CIDR range, or a single address as a range; undefined if the text is neither. */
export function addressRangeOf(text: string): AddressRange | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** The host of a URL; an IPv6 address without its brackets, as the network takes it. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');
