import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const day = 24 * 60 * 60_000;

/** A root of our own, to be trusted by a test. */
export async function createAuthority(name = 'Pipelines test root'): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** A server certificate for one name; signed by itself without an authority. `validDays` may be negative: expired. */
export async function createCertificate(hostname: string, authority?: Certificate, validDays = 30): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: hostname }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 60 * day),
    notAfterDate: new Date(Date.now() + validDays * day),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames: [{ type: 2, value: hostname }] },
    ],
    ...(authority && { ca: { key: authority.key, cert: authority.cert } }),
  });
  return { key: made.private, cert: made.cert };
}
