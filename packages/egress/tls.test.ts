import { beforeAll, describe, expect, test } from 'vitest';
import { type Certificate, createAuthority, createCertificate } from './testing/certificates.ts';
import { call, failureOf, listenHttp, listenHttps, listenTcp, openEgress } from './testing/loopback.ts';

let authority: Certificate;
let good: Certificate;
beforeAll(async () => {
  authority = await createAuthority();
  good = await createCertificate('model.test', authority);
});

const headers = { authorization: 'Bearer CNRY-tls-6f1d' };

function open(port: number) {
  return openEgress({ allow: `127.0.0.1:${port}`, dns: { 'model.test': ['127.0.0.1'] }, certificateAuthorities: [authority.cert] });
}

test('a trusted certificate of the right name works', async () => {
  const server = await listenHttps(good, (request, response) => response.end(request.headers.authorization));
  const response = await open(server.port).request(call(`https://model.test:${server.port}/`, { headers }));
  expect(Buffer.from(await response.bytes()).toString()).toBe('Bearer CNRY-tls-6f1d');
});

describe('a certificate that cannot be trusted', () => {
  test.each<[string, string, () => Promise<Certificate>]>([
    ['self-signed', 'self_signed', () => createCertificate('model.test')],
    ['expired', 'certificate_expired', () => createCertificate('model.test', authority, -1)],
    ['for another host', 'wrong_host', () => createCertificate('other.test', authority)],
    [
      'of an unknown authority',
      'certificate_untrusted',
      async () => createCertificate('model.test', await createAuthority('Unknown root')),
    ],
    ['with a forged signature', 'certificate_untrusted', async () => createCertificate('model.test', await createAuthority())],
  ])('%s: the secret is not sent', async (_name, hint, make) => {
    let requests = 0;
    const server = await listenHttps(await make(), (_request, response) => {
      requests += 1;
      response.end();
    });
    const egress = open(server.port);
    for (const attempt of [1, 2]) {
      const failure = await failureOf(egress.request(call(`https://model.test:${server.port}/`, { headers })));
      expect([attempt, failure.cause, failure.phase, failure.hint]).toEqual([attempt, 'tls_failed', 'before_send', hint]);
    }
    expect(requests).toBe(0);
  });

  test('NODE_TLS_REJECT_UNAUTHORIZED=0 does not help it', async () => {
    const server = await listenHttps(await createCertificate('model.test'), (_request, response) => response.end());
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      const failure = await failureOf(open(server.port).request(call(`https://model.test:${server.port}/`)));
      expect(failure.cause).toBe('tls_failed');
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });
});

test('https to a plain http port', async () => {
  const server = await listenHttp((_request, response) => response.end());
  const failure = await failureOf(open(server.port).request(call(`https://model.test:${server.port}/`, { headers })));
  expect(failure).toMatchObject({ cause: 'tls_failed', phase: 'before_send', hint: 'https_on_http_port' });
});

test('plain http to a TLS port that answers with an alert', async () => {
  const server = await listenTcp((socket) =>
    socket.once('data', () => socket.end(Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]))),
  );
  const failure = await failureOf(open(server.port).request(call(`http://model.test:${server.port}/`)));
  expect(failure).toMatchObject({ cause: 'connection_lost', hint: 'plain_http_on_https_port' });
});

test('plain http to a TLS port that hangs up', async () => {
  const server = await listenHttps(good, (_request, response) => response.end());
  const failure = await failureOf(open(server.port).request(call(`http://model.test:${server.port}/`)));
  expect(failure).toMatchObject({ cause: 'connection_lost', phase: 'after_send', hint: 'closed_without_answer' });
});

test('a foreign host header cannot choose the name that the certificate is checked against', async () => {
  const server = await listenHttps(await createCertificate('other.test', authority), (_request, response) => response.end());
  const egress = open(server.port);
  const url = `https://model.test:${server.port}/`;
  expect(await failureOf(egress.request(call(url, { headers: { Host: 'other.test' } })))).toMatchObject({
    cause: 'bad_request',
    hint: 'host_header',
  });
  expect(await failureOf(egress.request(call(url, { headers: { host: `model.test:${server.port}` } })))).toMatchObject({
    hint: 'wrong_host',
  });
  expect(server.connections()).toBe(1);
});
