import { TargetPolicy } from '../../../../src/handlers/http/target-policy.service';

const policyOf = (allowTargets: string[]) =>
  new TargetPolicy({ allowTargets, sleeps: true, proxies: { not: [] } });

describe('TargetPolicy', () => {
  const strict = policyOf([]);

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('permits the public address %s', (address) => expect(strict.permits(address)).toBe(true));

  it.each([
    ['unspecified', ['0.0.0.0', '0.1.2.3', '::']],
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1']],
    [
      'private',
      [
        '10.1.2.3',
        '172.16.0.1',
        '172.31.255.255',
        '192.168.1.1',
        'fc00::1',
        'fd00::1',
        'fd00:ec2::254',
        'fec0::1',
      ],
    ],
    [
      'link-local and metadata',
      [
        '169.254.0.1',
        '169.254.169.254',
        '100.100.100.200',
        '192.0.0.192',
        '168.63.129.16',
        'fe80::1',
        'fe90::1',
        'fe80::1%eth0',
      ],
    ],
    ['carrier NAT', ['100.64.0.1', '100.127.255.255']],
    ['multicast and broadcast', ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1']],
    [
      'reserved',
      [
        '192.0.2.1',
        '198.18.0.1',
        '198.51.100.1',
        '203.0.113.1',
        '240.0.0.1',
        '2001:db8::1',
        '3fff::1',
        '100::1',
        '4000::1',
        '5f00::1',
      ],
    ],
    [
      'IPv4 inside IPv6',
      [
        '::ffff:127.0.0.1',
        '::ffff:7f00:1',
        '::ffff:169.254.169.254',
        '::ffff:0:127.0.0.1',
        '64:ff9b::7f00:1',
        '64:ff9b::a01:203',
        '64:ff9b:1::7f00:1',
        '2002:7f00:1::',
        '2001:0:7f00:1::',
        '::7f00:1',
      ],
    ],
    ['no address at all', ['', 'localhost', '127.0.0.1.', '1.2.3.4/8', '::ffff:1.2.3', 'fe80']],
  ])('refuses %s', (_name, addresses) => {
    expect(addresses.filter((address) => strict.permits(address))).toEqual([]);
  });

  it('permits what the operator allows, and nothing else', () => {
    const policy = policyOf(['127.0.0.0/8', 'fd00::/8', '10.0.0.7']);
    expect(['127.0.0.1', '::ffff:127.0.0.1', 'fd12::1', '10.0.0.7'].map((a) => policy.permits(a))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['10.0.0.8', '::1', 'fc00::1', '192.168.0.1'].map((a) => policy.permits(a))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it.each(['10.0.0.0/33', 'localhost', '10.0.0.0/', 'a/8'])('refuses the setting %s', (text) => {
    expect(() => policyOf([text])).toThrow('HTTP_ALLOW_TARGETS must be CIDR ranges');
  });
});
