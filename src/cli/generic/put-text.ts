import { formatPackageReference } from '../../declaration/package-reference';
import type { PutResult } from '../../operate/generic/put/apply-put';
import type { PutPlan } from '../../operate/generic/put/put-plan';
import type { PutStep } from '../../operate/generic/put/put-step';
import { sizeOf } from '../../operate/generic/put/put-step';
import { formatPlace } from '../../operate/generic/place';
import { sizeText } from '../packages/size-text';
import { table } from '../table';
import { failureRecord, fileRecord } from './file-record';

/** What would be done, for people. */
export function planText({ version, steps }: PutPlan): string {
  const rows = steps.map((step) => [step.action, sizeShown(sizeOf(step.input)), inParts(step)]);
  return [
    `Plan for ${formatPlace(version)}:\n`,
    table(['ACTION', 'SIZE', 'FILE'], rows),
    ...steps.flatMap(details),
  ].join('');
}

/** What would be done, as `--output json` shows it. */
export function planDocument(origin: URL, { version, steps }: PutPlan): object {
  return {
    schemaVersion: '1',
    target: { host: origin.host },
    package: formatPackageReference(version),
    files: steps.map((step) => ({
      ...fileRecord(origin, version, {
        name: step.input.name,
        size: sizeOf(step.input),
        isInParts: partsOf(step) !== undefined,
        ...('content' in step && step.content),
      }),
      action: step.action,
      ...(step.action === 'replace' && { deletes: step.deletes.map(({ name }) => name) }),
      ...(step.action === 'conflict' && failureRecord(step.error)),
    })),
  };
}

/** What became of the files, for people; why some failed is said on stderr. */
export function resultText(results: readonly PutResult[]): string {
  const rows = results.map((result) =>
    result.status === 'failed'
      ? [result.status, '', '', result.name]
      : [result.status, `${result.content.size}`, result.content.sha256, result.name],
  );
  return table(['STATUS', 'SIZE', 'SHA256', 'FILE'], rows);
}

/** What became of the files, as `--output json` shows it. */
export function resultDocument(
  origin: URL,
  { version }: PutPlan,
  results: readonly PutResult[],
): object {
  return {
    schemaVersion: '1',
    target: { host: origin.host },
    package: formatPackageReference(version),
    files: results.map((result) => ({
      ...fileRecord(origin, version, {
        name: result.name,
        isInParts: result.parts !== undefined,
        ...(result.status !== 'failed' && result.content),
      }),
      status: result.status,
      ...(result.parts !== undefined && { parts: result.parts }),
      ...(result.status === 'failed' && failureRecord(result.error)),
    })),
  };
}

function details(step: PutStep): string[] {
  switch (step.action) {
    case 'conflict':
      return [`! ${step.error.message}\n`];
    case 'replace':
      return [
        `! ${step.input.name}: deletes ${step.deletes
          .map(({ name, size, sha256 }) => `${name} (${sizeText(size)}, sha256 ${sha256})`)
          .join(', ')}\n`,
      ];
    default:
      return [];
  }
}

function inParts(step: PutStep): string {
  const parts = partsOf(step);
  return parts === undefined ? step.input.name : `${step.input.name} (${parts} parts)`;
}

function partsOf(step: PutStep): number | undefined {
  return 'parts' in step ? step.parts?.length : undefined;
}

function sizeShown(size: number | undefined): string {
  return size === undefined ? '?' : sizeText(size);
}
