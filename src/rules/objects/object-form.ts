import type { Estate, UnreadableText } from '../estate';
import type { Rule, Violation } from '../rule';
import { faultyObjects, faultyValues } from './object-faults';
import { isOwnByItself, objectsOf } from './own-object';

/** REG564: what nobody can read is not judged. */
export const objectForm: Rule = {
  code: 'REG564',
  slug: 'object-form',
  title:
    'every object of the registry is one the rules can read: fields of the form their kind demands, an API version the rules know, embedded YAML and JSON that parse',
  severity: 'error',
  why: 'a field of the wrong form is refused by the API server or dropped by the controller, and the rules pass over it: neither the object nor the check does what it seems to do',
  shows: [
    '`kubectl apply`: `… cannot unmarshal number into Go struct field …` or `strict decoding error`',
    'the controller logs an error for the object, and the route, certificate or release is missing',
  ],
  fix: 'give the field the form its kind demands (`kubectl explain KIND.FIELD`)',
  links: [
    'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
    'https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/',
  ],
  judgeRegistry: (registry) => {
    const faulty = faultyObjects(registry.estate);
    return [...objectsOf(registry, faulty)].flatMap((manifest) => faulty.get(manifest)!);
  },
  judgeEstate: (estate) => [
    ...[...faultyObjects(estate)].flatMap(([manifest, faults]) =>
      isOwnByItself(estate, manifest) ? faults : [],
    ),
    ...faultyValues(estate),
    ...unreadableTexts(estate),
  ],
};

function unreadableTexts(estate: Estate): Violation[] {
  // Only what somebody asks for is read.
  void [estate.values, estate.traefiks, estate.declarations, estate.brokenDeclarations];
  return estate.unreadable
    .filter((text) => isOwnText(text, estate))
    .map(({ at, form }) => ({
      at,
      observed: `a text that is not ${form}`,
      expected: `a text that parses as ${form}`,
      fix:
        form === 'YAML'
          ? 'mend the text: indentation by blanks, values with `: ` or `#` in quotes; `yq` tells the line'
          : 'mend the text: `jq .` tells the line',
    }));
}

/** Files in a ConfigMap that only the registry or Traefik reads. */
const OWN_FILES = ['registry.json', 'traefik.yaml', 'traefik.yml'];

function isOwnText({ at }: UnreadableText, estate: Estate): boolean {
  const { manifest, step } = at;
  return manifest.kind === 'ConfigMap'
    ? OWN_FILES.includes(`${step}`)
    : isOwnByItself(estate, manifest);
}
