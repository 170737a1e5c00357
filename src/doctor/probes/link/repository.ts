import { similarNames } from '../../../client/packages/similar-names';
import { serverText } from '../../../client/server-text';
import { quote } from '../../../declaration/problem';
import { isAnswered } from '../../ask';
import type { RepositorySeen } from '../../observe/linked-repository';
import { repositories } from '../../observe/linked-repository';
import { meantRepositories, nameOf } from '../../observe/owned-repositories';
import type { Fix, Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { DoctorRequest, LinkSubject } from '../../request';
import type { Sight } from '../../sight';
import { listed } from '../access/shown';
import { withoutCode } from '../route/shown';
import { shellWord } from '../../../declaration/shell-word';
import { linkCommand } from './next-command';

/** The repository of the link that is asked about. */
export async function linkedRepository(sight: Sight): Promise<RepositorySeen> {
  const { reference, repository } = sight.request.link!;
  const look = await sight.see(repositories);
  return look(reference.owner, repository);
}

/** REG914: the repository is there, under the owner of the package. */
export async function repositoryThere(sight: Sight): Promise<Outcome> {
  const link = sight.request.link!;
  const seen = await linkedRepository(sight);
  switch (seen.kind) {
    case 'found':
      return passed('REG914', `'${serverText(seen.fullName)}'`);
    case 'renamed':
      return renamed(sight.request, link, serverText(seen.to));
    case 'absent':
      return missing(sight, link);
    case 'unknown':
      return skipped(
        'REG914',
        isAnswered(seen.seen)
          ? "a token with 'read:repository' to look the repository up with"
          : withoutCode(seen.seen.error),
      );
  }
}

function renamed(request: DoctorRequest, link: LinkSubject, to: string): Outcome {
  const { reference, repository } = link;
  const isOwn = to.toLowerCase().startsWith(`${reference.owner.toLowerCase()}/`);
  return broken('REG914', {
    observed: `${quote(`${reference.owner}/${repository}`)} is '${to}' now, and a link follows no rename`,
    expected: 'a repository of the owner of the package, by the name it has today',
    fix: isOwn ? linkCommand(request, reference, nameOf(to)) : ofAnother(link, to),
  });
}

async function missing(sight: Sight, link: LinkSubject): Promise<Outcome> {
  const { reference, repository } = link;
  const { own, namesakes } = await sight.see(meantRepositories);
  const wanted = `'${serverText(reference.owner)}' has no repository ${quote(repository)} this account can see`;
  const expected = 'a repository of the owner of the package';
  const names = own.map((each) => serverText(nameOf(each)));
  const similar = similarNames(repository, names);
  if (namesakes.length > 0) {
    return broken('REG914', {
      observed: `${wanted}; there is ${listed(namesakes.map((each) => serverText(each)))}, and a link never leaves its owner`,
      expected,
      fix: ofAnother(link, serverText(namesakes[0])),
    });
  }
  const [best] = similar;
  return broken('REG914', {
    observed:
      names.length > 0
        ? `${wanted}; it has ${listed([...similar, ...names.filter((name) => !similar.includes(name))], 10)}`
        : wanted,
    expected,
    ...(best === undefined
      ? { note: 'a private repository this account may not see looks alike' }
      : { fix: linkCommand(sight.request, reference, best) }),
  });
}

function ofAnother({ reference }: LinkSubject, fullName: string): Fix {
  const [owner] = fullName.split('/');
  return {
    kind: 'text',
    text: `push the package to '${owner}' and link it there, or move '${fullName}' to '${serverText(reference.owner)}'`,
  };
}

/** REG915: its packages unit is on; silent about a repository that is not there. */
export async function unitOn(sight: Sight): Promise<Outcome> {
  const seen = await linkedRepository(sight);
  if (seen.kind !== 'found') {
    return skipped('REG915', 'waits for REG914');
  }
  const name = serverText(seen.fullName);
  if (seen.hasPackages === false) {
    return broken('REG915', {
      observed: `the packages unit of '${name}' is off`,
      expected: "'has_packages' of the repository true",
      fix: switchedOn(sight, name),
      note: "where it stays off, 'repo.packages' is among DISABLED_REPO_UNITS, or packages are disabled",
    });
  }
  return seen.hasPackages === undefined
    ? skipped('REG915', 'units of the repository: this release does not tell them')
    : passed('REG915', `the packages unit of '${name}' is on`);
}

/** curl asks for the password: no secret stands in a command. */
function switchedOn({ path: { origin } }: Sight, name: string): Fix {
  const url = shellWord(`${origin.origin}/api/v1/repos/${name}`);
  return {
    kind: 'command',
    text: `curl -u USER -X PATCH -H 'Content-Type: application/json' -d '{"has_packages":true}' ${url}`,
  };
}
