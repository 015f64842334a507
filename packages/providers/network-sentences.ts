import type { CauseContext, Sentences } from './cause-description.ts';

type Write = (context: CauseContext) => Partial<Sentences>;

const place = ({ baseUrl }: CauseContext): string => baseUrl ?? 'The provider';
const wrongCertificate = (what: string, fix: string): Write => {
  return (context) => ({ message: `The certificate of ${context.baseUrl ?? 'the provider'} ${what}.`, fix });
};

/** What a connection itself tells, where it tells more than its cause: by `cause.detail`. */
export const networkSentences: Readonly<Record<string, Write>> = {
  'egress_blocked.plain_http': () => ({
    message: 'This server sends keys over https:// only.',
    fix: 'Use https://, or let the operator allow this host with EGRESS_ALLOW.',
  }),
  'egress_blocked.never_allowed': () => ({
    message: 'Nobody may be called at that address: it leads into the machine or its cloud.',
    fix: 'Enter the address of the provider itself.',
  }),
  'connection_refused.unreachable': (context) => ({
    message: `No way leads from this server to ${context.baseUrl ?? 'the provider'}.`,
    fix: 'Check the address, and that the network of this server may reach it.',
  }),
  'tls_failed.https_on_http_port': (context) => ({
    message: `${place(context)} speaks plain HTTP on this port.`,
    fix: 'Use http:// for it. Beyond this machine the operator must allow that with EGRESS_ALLOW.',
  }),
  'tls_failed.self_signed': wrongCertificate(
    'is signed by itself',
    'Give the server a certificate of an authority that this server trusts.',
  ),
  'tls_failed.certificate_untrusted': wrongCertificate(
    'comes from an authority that this server does not trust',
    'Give the server a certificate of a known authority, with its whole chain.',
  ),
  'tls_failed.certificate_expired': wrongCertificate('has expired, or is not valid yet', 'Renew it, and check the clocks of both servers.'),
  'tls_failed.wrong_host': wrongCertificate('is for another host', 'Use the host name that the certificate is made for.'),
  'connection_lost.plain_http_on_https_port': (context) => ({
    message: `${place(context)} speaks HTTPS on this port.`,
    fix: 'Use https:// for it.',
  }),
  'connection_lost.closed_without_answer': (context) => ({
    message: `${place(context)} hung up without an answer.`,
    fix: 'Check the port, and whether it wants https://; if both are right, see the server’s own log.',
  }),
  'connection_lost.not_http': (context) => ({
    message: `What listens at ${context.baseUrl ?? 'this address'} does not speak HTTP.`,
    fix: 'Check the port: it is that of the chat API.',
  }),
  'redirected.to_https': (context) => ({
    message: `${place(context)} wants to be called over https://.`,
    fix: 'Use https:// for it.',
  }),
  'timed_out.connect_timeout': (context) => ({
    message: `${place(context)} did not accept a connection in time.`,
    fix: 'Check the host and the port; a firewall between may drop the call without a word.',
  }),
};
