import { formatPackageReference } from '../../declaration/package-reference';
import { escapeControls } from '../../declaration/problem';
import type { DeleteResult } from '../../operate/packages/delete-versions';
import type { Deletion } from './plan-deletion';

/** What `rm` is about to do, for people. */
export function deletionPlan(deletion: Deletion): string {
  const { reference, versions, isWhole, needs } = deletion;
  const lines = [
    `Delete from ${formatPackageReference(reference)}:`,
    ...versions.map((version) =>
      `  ${escapeControls(version)}${needs ? `  ${digestBeside(version, needs.digest)}` : ''}`.trimEnd(),
    ),
    ...(needs?.children?.length
      ? [`  its ${needs.children.length} images stay, without a tag (REG726)`]
      : []),
    ...(needs?.neededBy.length
      ? [`! ${needs.neededBy.join(', ')} can no longer be pulled then (REG727)`]
      : []),
    ...(isWhole
      ? ['! nothing of the package stays: its link ends with the next cleanup (REG917)']
      : []),
  ];
  return `${lines.join('\n')}\nPlan: ${versions.length} to delete.\n`;
}

/** What became of it, for people: the failures, then one line of numbers. */
export function deletionOutcome(deletion: Deletion, results: readonly DeleteResult[]): string {
  const count = (wanted: DeleteResult['outcome']): number =>
    results.filter(({ outcome }) => outcome === wanted).length;
  const failures = results.flatMap((result) =>
    result.outcome === 'failed' ? [`failed: ${result.error.message}`] : [],
  );
  const numbers = [
    `${count('deleted')} deleted`,
    ...(count('absent') > 0 ? [`${count('absent')} were gone already`] : []),
    ...(count('failed') > 0 ? [`${count('failed')} failed`] : []),
    ...(count('not-reached') > 0 ? [`${count('not-reached')} not reached`] : []),
  ];
  return `${[...failures, `${formatPackageReference(deletion.reference)}: ${numbers.join(', ')}`].join('\n')}\n`;
}

function digestBeside(version: string, digest: string): string {
  return version === digest ? '' : digest;
}
