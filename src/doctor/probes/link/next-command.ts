import type { PackageReference } from '../../../declaration/package-reference';
import { formatPackageReference } from '../../../declaration/package-reference';
import { shellWord } from '../../../declaration/shell-word';
import type { Fix } from '../../outcome';
import type { DoctorRequest } from '../../request';

/** The command that links a package. @param flags such as `--move` */
export function linkCommand(
  request: DoctorRequest,
  reference: PackageReference,
  repository: string,
  ...flags: readonly string[]
): Fix {
  const words = [formatPackageReference(reference), repository].map(shellWord);
  return command(request, 'link', ...words, ...flags);
}

/** A command of ours; a declaration names its registry itself. */
export function command(request: DoctorRequest, ...words: readonly string[]): Fix {
  const registry = request.declaration ? [] : ['--registry', shellWord(registryOf(request))];
  return { kind: 'command', text: ['gitea-registry', ...words, ...registry].join(' ') };
}

/** A host speaks https, unless the scheme is said. */
function registryOf({ host, paths: [first] }: DoctorRequest): string {
  return first.origin.protocol === 'http:' ? first.origin.origin : host;
}
