/** What tests use of the proxy. */
export { testCertificate } from '../certificate';
export type { TestCertificate, TestCertificateOptions } from '../certificate';
export { FaultProxy } from './fault-proxy';
export type { FaultProxyOptions } from './fault-proxy';
export type { HeaderLine } from './header-lines';
export type { ProxyAnswer } from './proxy-answer';
export type { RecordedRequest } from './recorded-request';
export { CLOUDFLARE, FORWARD_AUTH, NGINX, TRAEFIK } from './styled-answers';
export * from './switches';
