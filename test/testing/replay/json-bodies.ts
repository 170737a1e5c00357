import type { RecordedLine } from './recorded-line';

type Body = Readonly<Record<string, unknown>>;

/** The JSON a REST request must have carried, by what the server answered; absent where none was sent. */
export function jsonBodyFor(line: RecordedLine, isFirstOfPath: boolean): string | undefined {
  const { method, path, headers } = line.request;
  if (headers['Content-Type'] !== 'application/json' || !path.startsWith('/api/v1/')) {
    return undefined;
  }
  const body = bodyFor(`${method} ${path}`, line.response.body, isFirstOfPath);
  if (body === undefined) throw new Error(`no body is known for line ${line.number}: ${path}`);
  return JSON.stringify(body);
}

function bodyFor(request: string, answer: string, isFirst: boolean): Body | undefined {
  if (request.endsWith('/tokens')) return tokenBody(answer);
  if (request.startsWith('PATCH /api/v1/admin/users/')) return userBody(request, answer, isFirst);
  if (request.endsWith('/rename')) {
    return { new_username: request.includes('/stranger2/') ? 'stranger' : 'stranger2' };
  }
  if (request === 'POST /api/v1/orgs') return { username: textIn(answer, 'name') };
  if (request.endsWith('/repos')) {
    return { name: repositoryName(answer), private: answer.includes('"private":true') };
  }
  if (request.endsWith('/teams')) {
    return { name: 'pkgonly', permission: 'read', units_map: { 'repo.packages': 'write' } };
  }
  return repositoryEdit(request, answer);
}

/** Scopes of the tokens that were made; 1.22 took them without one. */
const SCOPES_BY_NAME: Readonly<Record<string, readonly string[]>> = {
  b4: [],
  b5: [],
  b6: ['write:package'],
  b7: ['write:package'],
  wu: ['write:user'],
  'wu-all': ['all'],
};

function tokenBody(answer: string): Body {
  if (answer.includes('used already')) return { name: 'all', scopes: ['all'] };
  const [, wrong] = /invalid access token scope: ([a-z:]+)/.exec(answer) ?? [];
  if (wrong !== undefined) return { name: 'wrong', scopes: [wrong] };
  if (answer.includes('must have a scope')) return { name: 'none', scopes: [] };
  if (!answer.startsWith('{"id"')) return { name: 'refused', scopes: ['write:package'] };
  const name = textIn(answer, 'name');
  return { name, scopes: SCOPES_BY_NAME[name] };
}

function userBody(request: string, answer: string, isFirst: boolean): Body {
  return {
    login_name: textIn(answer, 'login_name'),
    active: answer.includes('"active":true'),
    prohibit_login: answer.includes('"prohibit_login":true'),
    visibility: textIn(answer, 'visibility'),
    must_change_password: isFirst && request.endsWith('/stranger'),
  };
}

function repositoryEdit(request: string, answer: string): Body | undefined {
  if (request.endsWith('/state-hub-fork')) return { has_packages: true };
  if (request.endsWith('/coulomb/second')) return { name: repositoryName(answer) };
  return request.endsWith('/coulomb/renamed') ? { has_packages: false } : undefined;
}

function repositoryName(answer: string): string {
  return textIn(answer, 'full_name', /^[^/]+\/(.+)$/);
}

/** The first text of a key that is not empty and, where a pattern is given, its group. */
function textIn(answer: string, key: string, pattern: RegExp = /^(.*)$/): string {
  const texts = [...answer.matchAll(new RegExp(`"${key}":"([^"]+)"`, 'g'))].map(
    ([, text]) => text!,
  );
  return texts.map((text) => pattern.exec(text)?.[1]).find((text) => text !== undefined) ?? '';
}
