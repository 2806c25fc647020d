import { Injectable } from '@nestjs/common';
import * as ipaddr from 'ipaddr.js';
import { Address, AddressRange, addressRangeOf, isWithin } from '../../config/address-range';
import { HandlerSettings } from '../../config/settings';

/** The target's address is not permitted; no connection was opened. The error does not contain the address. */
export class TargetRefused extends Error {
  constructor() {
    super('The target has no public address.');
    this.name = 'TargetRefused';
  }
}

/** The only part of IPv6 that is assigned to the public internet. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/** Spells an IPv4 address inside IPv6, for IPv6-only networks (RFC 6052). */
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');

/** Addresses in a public range that belong to the cloud of this machine: Azure's host. */
const HOST_SERVICES = ['168.63.129.16'];

/**
 * Which addresses the `http` handler may reach: those of the public internet, and the ranges that the operator allows.
 * Refuses everything not known to be public: loopback, private, link-local and metadata addresses, carrier NAT,
 * multicast, documentation, reserved, and each of them spelt inside IPv6.
 */
@Injectable()
export class TargetPolicy {
  private readonly allowed: readonly AddressRange[];

  constructor({ allowTargets }: HandlerSettings) {
    this.allowed = allowTargets.map(rangeOf);
  }

  /** @param address as the resolver returned it; anything else is refused */
  permits(address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    const real = unwrapped(ipaddr.parse(address));
    return isPublic(real) || this.allowed.some((range) => isWithin(range, real));
  }
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || HOST_SERVICES.includes(address.toString())) return false;
  return address.kind() === 'ipv4' || isWithin(GLOBAL_UNICAST, address);
}

/** The IPv4 address that an IPv6 address really leads to, if it contains one. */
function unwrapped(address: Address): Address {
  if (!(address instanceof ipaddr.IPv6)) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return isWithin(NAT64, address) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address;
}

function rangeOf(text: string): AddressRange {
  const range = addressRangeOf(text);
  if (!range) throw new Error('HTTP_ALLOW_TARGETS must be CIDR ranges separated by commas.');
  return range;
}
