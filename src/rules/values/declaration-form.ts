import { looksLikeCredential } from '../../declaration/credential';
import { printDeclaration } from '../../declaration/parse';
import type { Problem } from '../../declaration/problem';
import { describeProblem } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { BrokenDeclaration, Estate, FoundDeclaration } from '../estate';
import { indexed } from '../estate-index';
import type { Rule, Violation } from '../rule';

/** REG660: everything else is judged against the declaration. */
export const declarationForm: Rule = {
  code: 'REG660',
  slug: 'declaration-form',
  title:
    'the declaration parses: known `apiVersion` and fields, every value of its type and grammar, one declaration for each release',
  severity: 'error',
  why: 'every other rule compares with the declaration: what it does not say, or says in a way nobody reads, is not judged',
  shows: [
    'a message that names the field, quotes the value, says what is allowed and ends with a code',
    'rules about the registry stay silent although its manifests are wrong',
  ],
  fix: 'mend the prop of the construct, or the field of registry.json, as the message says; docs/registry.schema.json lists every field',
  links: ['https://json-schema.org/understanding-json-schema/reference/object'],
  judgeEstate: (estate) => [
    ...estate.brokenDeclarations.flatMap(problemViolations),
    ...repeatedDeclarations(estate),
  ],
};

function problemViolations({ error, at }: BrokenDeclaration): Violation[] {
  return error.problems.map((problem) => ({
    at: placeOf(problem, at),
    observed: describeProblem(problem),
    expected: 'a declaration that parses',
  }));
}

/** Longer paths hold names nobody reads. */
const LONGEST_PATH = 1000;

/** The field a problem names, or the nearest around it that exists. */
function placeOf({ path }: Problem, root: Cursor): Cursor {
  // A path holds names of the user's: one that is a credential must not become part of the finding.
  if (path.length > LONGEST_PATH || looksLikeCredential(path)) {
    return root;
  }
  let place = root;
  for (const [, name, index, quoted] of path.matchAll(/([^.[\]"]+)|\[(\d+)\]|\["([^]*?)"\]/g)) {
    const next = place.get(index === undefined ? (name ?? quoted) : Number(index));
    if (next.value === undefined) {
      return place;
    }
    place = next;
  }
  return place;
}

/** Two declarations of one release: which of them holds is anybody's guess. */
function repeatedDeclarations({ declarations }: Estate): Violation[] {
  const byRelease = indexed(
    declarations,
    ({ declaration: { release } }) => `${release.namespace}/${release.name}`,
  );
  return [...byRelease.values()].flatMap(([first, ...others]) =>
    others.map((other) => repetition(first, other)),
  );
}

function repetition(first: FoundDeclaration, other: FoundDeclaration): Violation {
  const { namespace, name } = other.declaration.release;
  const same = printDeclaration(first.declaration) === printDeclaration(other.declaration);
  return {
    at: other.at.get('release', 'name'),
    observed: `release '${namespace}/${name}' is declared a second time${same ? ', with the same words' : ''}`,
    expected: 'one declaration for each release',
    ...(same && { severity: 'info' }),
    fix: 'keep one declaration; check each rendered folder by itself',
  };
}
