import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Without openssl on this machine, no certificate can be made. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** The certificate authority of one test. */
export class Authority {
  private readonly folder = mkdtempSync(join(tmpdir(), 'turnwise-ca-'));
  /** The file of the authority's certificate. */
  readonly file = join(this.folder, 'ca.pem');

  constructor() {
    this.openssl('req', '-x509', ...EC, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=test authority');
  }

  /** @param names as `DNS:localhost,IP:127.0.0.1` */
  issue(names: string): Certificate {
    this.openssl(
      'req',
      ...EC,
      '-keyout',
      'own.key',
      '-out',
      'own.csr',
      '-subj',
      '/',
      '-addext',
      `subjectAltName=${names}`,
    );
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-copy_extensions', 'copy'];
    this.openssl('x509', '-req', '-in', 'own.csr', '-out', 'own.pem', ...signed);
    return this.read('own');
  }

  /** A certificate that no authority has signed. */
  selfSigned(names: string): Certificate {
    this.openssl(
      'req',
      '-x509',
      ...EC,
      '-keyout',
      'self.key',
      '-out',
      'self.pem',
      '-subj',
      '/',
      '-addext',
      `subjectAltName=${names}`,
    );
    return this.read('self');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private read(name: string): Certificate {
    const [cert, key] = ['pem', 'key'].map((end) =>
      readFileSync(join(this.folder, `${name}.${end}`), 'utf8'),
    );
    return { cert: cert!, key: key! };
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' });
  }
}
