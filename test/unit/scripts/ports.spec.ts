import { AddressInfo, createServer } from 'node:net';
import { LOOPBACK, choosePort, freePort, isListening } from '../../../scripts/lib/ports';

describe('ports', () => {
  it('are chosen again if one is in use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
    const { port: taken } = server.address() as AddressInfo;
    expect(await freePort(taken)).toBeUndefined();
    expect(await isListening(taken)).toBe(true);
    expect(await choosePort(taken)).not.toBe(taken);
    await new Promise((resolve) => server.close(resolve));
    expect(await freePort(taken)).toBe(taken);
    expect(await isListening(taken)).toBe(false);
  });
});
