import type { LinkDeclaration } from '../../../../src/declaration/model';
import { parsePackageReference } from '../../../../src/declaration/package-reference';
import { LINK_PROBES } from '../../../../src/doctor/probes/link';
import { proxiedForge } from '../../../client/oci/forge-clients';
import { declarationOf, organization } from '../../scenarios/declared';
import { resultOf, runProbes, verdicts } from '../upload/run';

/** A declared link of an image of `coulomb`. */
const declared = (name: string, repository: string): LinkDeclaration => ({
  owner: 'coulomb',
  type: 'container',
  name,
  repository,
});

/** Links `coulomb/app` to `second`; `coulomb/tool` to none. */
async function judged(links: readonly LinkDeclaration[], scopes: 'all' | 'write' = 'all') {
  const forge = await proxiedForge();
  await forge.push('coulomb/app');
  await forge.push('coulomb/tool');
  await forge.client('owner').link(parsePackageReference('coulomb/container/app'), 'second');
  const declaration = declarationOf('git.example.test', {
    owners: [organization('coulomb')],
    links,
  });
  return runProbes(forge, { declaration }, { user: 'owner', scopes, probes: LINK_PROBES });
}

test.each<[string, LinkDeclaration, readonly string[]]>([
  ['made', declared('app', 'second'), ['REG917 pass']],
  ['made, in other letters', declared('APP', 'Second'), ['REG917 pass']],
  ['not made', declared('tool', 'second'), ['REG917 warn']],
  ['made to another repository', declared('app', 'state-hub'), ['REG917 warn']],
  ['of a package that is not pushed yet', declared('zebra', 'second'), ['REG917 pass']],
  ['of a misspelt package', declared('toool', 'second'), ['REG913 warn']],
  ['to a repository nobody has', declared('tool', 'secnd'), ['REG914 warn']],
])('a link that is %s', async (_, link, expected) => {
  expect(verdicts(await judged([link]))).toEqual(expected);
});

test('all links that are missing are one finding with one command', async () => {
  const found = await judged([declared('tool', 'second'), declared('app', 'state-hub')]);
  expect(verdicts(found)).toEqual(['REG917 warn']);
  const { observed, fix } = resultOf(found, 'REG917');
  expect(observed).toBe(
    "'coulomb/container/tool' is not linked to 'coulomb/second'; 'coulomb/container/app' is linked to 'coulomb/second' and not to 'coulomb/state-hub'",
  );
  expect(fix!.text).toBe('gitea-registry links apply');
});

test('no link is called missing to who could not see it', async () => {
  const found = await judged([declared('tool', 'hidden')], 'write');
  expect(verdicts(found)).toEqual(['REG917 skip']);
  expect(resultOf(found, 'REG917').note).toBe("a credential that sees 'coulomb/hidden'");
});
