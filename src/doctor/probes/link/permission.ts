import { serverText } from '../../../client/server-text';
import { writesPackages } from '../../observe/package-writer';
import { writesUnit } from '../../observe/unit-writer';
import type { Fix, Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { linkedRepository } from './repository';

const CODE = 'REG916';

/** REG916: the account may write packages of the owner, and the packages unit of the repository. */
export async function mayLink(sight: Sight): Promise<Outcome> {
  const owner = serverText(sight.request.link!.reference.owner);
  const [ofOwner, ofUnit, seen] = await Promise.all([
    sight.see(writesPackages),
    sight.see(writesUnit),
    linkedRepository(sight),
  ]);
  if (ofOwner === 'no') {
    return broken(CODE, {
      observed: `the account may not write packages of '${owner}'`,
      expected: 'a team whose packages unit is Write, or the account of the owner',
      fix: intoTeam(owner),
    });
  }
  if (seen.kind !== 'found' || seen.hasPackages === false) {
    return ofOwner === 'yes'
      ? passed(
          CODE,
          `it may write packages of '${owner}'`,
          'the right on the repository was not looked at',
        )
      : skipped(CODE, 'an answer that tells the rights of the account');
  }
  const name = serverText(seen.fullName);
  const fix = intoTeam(owner, name);
  const expected = `a team with the packages unit at Write that has '${name}'`;
  if (ofUnit === 'no') {
    return broken(CODE, {
      observed: `the account may not write the packages unit of '${name}'`,
      expected,
      fix,
    });
  }
  if (ofUnit === 'yes') {
    return ofOwner === 'yes'
      ? passed(CODE, `it may write packages of '${owner}' and the packages unit of '${name}'`)
      : passed(
          CODE,
          `it may write the packages unit of '${name}'`,
          `its right on packages of '${owner}' is not told`,
        );
  }
  // Who sees a private repository belongs to it; a public one is seen by anybody.
  return seen.isPrivate || seen.mayPush
    ? passed(CODE, `it belongs to '${name}'`, 'its right on the packages unit is not told')
    : broken(CODE, {
        severity: 'warning',
        observed: `nothing shows that the account may write the packages unit of '${name}': it sees it as anybody does`,
        expected,
        fix,
        note: "a token with 'read:user' and 'read:organization' too tells which teams it is in",
      });
}

function intoTeam(owner: string, repository?: string): Fix {
  const which = repository === undefined ? '' : ` that has '${repository}'`;
  return {
    kind: 'text',
    text: `give the account a team of '${owner}' with Packages: Write${which}`,
  };
}
