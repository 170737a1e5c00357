import { effectOfSnippet } from '../../../src/rules/access/authorization-change';

it.each([
  'proxy_set_header Authorization "";',
  "proxy_set_header authorization '';",
  'gzip off;\nproxy_set_header   "Authorization"  "" ;',
  'more_clear_input_headers Authorization;',
  "more_clear_input_headers 'X-Debug' 'Authorization';",
])('%j removes the header', (snippet) => {
  expect(effectOfSnippet(snippet)).toBe('removed');
});

it.each([
  'proxy_set_header Authorization "Basic REPLACED";',
  'proxy_set_header Authorization $auth_header;',
  "proxy_set_header 'Authorization' $upstream_http_authorization;",
])('%j sets the header', (snippet) => {
  expect(effectOfSnippet(snippet)).toBe('fixed');
});

it.each([
  '',
  'proxy_set_header Authorization $http_authorization;',
  'proxy_set_header Authorization "$http_authorization";',
  'proxy_set_header X-Authorization "";',
  'proxy_set_header Authorization;',
  'proxy_pass_header Authorization;',
  'more_clear_input_headers X-Debug; more_set_headers "Authorization: x";',
  'more_clear_input_headers Authorizations;',
  `${' '.repeat(20_000)}proxy_set_header Authorization "";`,
])('%j passes the header on', (snippet) => {
  expect(effectOfSnippet(snippet)).toBeUndefined();
});
