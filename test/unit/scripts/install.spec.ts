import { isInstalled } from '../../../scripts/lib/install';

const lock = {
  packages: {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.2.0', integrity: 'sha512-a' },
    'node_modules/for-mac': { version: '1.0.0', integrity: 'sha512-m', optional: true },
  },
};

describe('isInstalled', () => {
  it('accepts that optional packages of other systems are missing', () => {
    expect(
      isInstalled(lock, { packages: { 'node_modules/a': { version: '1.2.0', integrity: 'sha512-a' } } }),
    ).toBe(true);
  });

  it('notices that a package is missing', () => {
    expect(isInstalled(lock, { packages: {} })).toBe(false);
  });

  it('notices another version', () => {
    const other = { 'node_modules/a': { version: '1.1.0', integrity: 'sha512-o' } };
    expect(isInstalled(lock, { packages: other })).toBe(false);
  });
});
