import type { HeaderLine, ProxyAnswer } from '../../../src/testing';

/** Headers of Gitea's web pages. */
const WEB: readonly HeaderLine[] = [
  ['Cache-Control', 'max-age=0, private, must-revalidate, no-transform'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'SAMEORIGIN'],
];

/** An unknown path, or a package registry that is off. */
export const WEB_NOT_FOUND: ProxyAnswer = {
  status: 404,
  headers: [...WEB, ['Content-Type', 'text/plain;charset=utf-8']],
  body: 'Not found.\n',
};

/** What Gitea shows at `/`. */
export const HOME_PAGE: ProxyAnswer = {
  status: 200,
  headers: [...WEB, ['Content-Type', 'text/html; charset=utf-8']],
  body: '<!DOCTYPE html>\n<html lang="en-US" data-theme="gitea-auto">\n<head><title>Gitea: Git with a cup of tea</title></head>\n<body></body></html>\n',
};

/** Go's server, spoken http to on its https port. */
export const HTTP_TO_HTTPS: ProxyAnswer = {
  status: 400,
  body: 'Client sent an HTTP request to an HTTPS server.\n',
};

/** A page that has nothing to do with a registry or a login. */
export const PARKED: ProxyAnswer = {
  status: 200,
  headers: [['Content-Type', 'text/html; charset=utf-8']],
  body: '<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>\n',
};
