import { isEncrypted } from '../declaration/encrypted-file';
import type { ReleaseDeclaration } from '../declaration/model';

/**
 * The `helm upgrade` line for a release with an overlay on top. A file encrypted with SOPS is decrypted into
 * a pipe by `sops exec-file`: helm does not start when that fails, and nothing decrypted reaches the disk.
 * `sops exec-file` takes one file; with several, helm-secrets' `secrets://` reads each. Where no values file is
 * known, VALUES stands for them: with the overlay alone helm would reset every other value of the release.
 *
 * @param overlay path of the overlay, from the folder the command is run in
 */
export function upgradeCommand(release: ReleaseDeclaration, overlay: string): string {
  const { name, namespace, chart, chartVersion } = release;
  const valuesFiles = release.valuesFiles.length > 0 ? release.valuesFiles : ['VALUES'];
  const encrypted = valuesFiles.filter(isEncrypted);
  const helm = (decrypted: (file: string) => string): string =>
    [
      `helm upgrade ${name} ${chart} --version ${chartVersion} --namespace ${namespace}`,
      ...valuesFiles.map((file) => `-f ${isEncrypted(file) ? decrypted(file) : file}`),
      `-f ${overlay}`,
    ].join(' ');
  return encrypted.length === 1
    ? `sops exec-file ${encrypted[0]} '${helm(() => '{}')}'`
    : helm((file) => `secrets://${file}`);
}
