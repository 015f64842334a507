export { type Certificate, createAuthority, createCertificate } from './certificates.ts';
export { type Loopback, listenHttp, listenHttps, listenTcp } from './loopback.ts';
