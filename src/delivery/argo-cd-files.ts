import type { ArgoCdDeliveryDeclaration, ReleaseDeclaration } from '../declaration/model';
import { pathFrom } from '../declaration/values-path';
import { valuesFilePath } from './side-file';

/** `helm.valueFiles` of the Application, lowest first; `$values` is its Git source. */
export function argoCdValueFiles(
  release: ReleaseDeclaration,
  { overlay, valuesPath }: ArgoCdDeliveryDeclaration,
): string[] {
  const files = [
    ...release.valuesFiles,
    ...(overlay === 'file' ? [valuesFilePath({ release })] : []),
  ];
  return files.map((file) =>
    ['$values', ...(valuesPath === undefined ? [] : [valuesPath]), pathFrom('.', file)].join('/'),
  );
}
