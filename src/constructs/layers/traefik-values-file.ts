import type { RegistryDeclaration } from '../../declaration/model';
import { generatedHeader } from '../../delivery/generated-header';
import { traefikValues } from '../../delivery/traefik-values';
import { valuesText } from '../../delivery/values-text';
import type { LayerFile } from './layer-files';
import type { TraefikSettings } from './traefik-settings';
import { entryPointSettings, traefikLine } from './traefik-settings';

/** A side file: values for the Traefik chart, below the folder of side files. */
export function traefikValuesFile(
  declaration: RegistryDeclaration,
  settings: TraefikSettings,
): LayerFile {
  const { chartVersion } = settings;
  const values = traefikValues(entryPointSettings(settings, declaration), traefikLine(settings));
  const lists = ['additionalArguments', 'trustedIPs'].filter((key) =>
    JSON.stringify(values).includes(`"${key}"`),
  );
  const head = generatedHeader(declaration, 'values of the Traefik chart', [
    `For chart ${chartVersion}. Whoever owns Traefik gives it to helm as its last file:`,
    '',
    `  helm upgrade traefik traefik/traefik --version ${chartVersion} -f VALUES -f THIS_FILE`,
    '',
    'It restarts Traefik, which serves everything else too.',
    ...lists.map(
      (key) =>
        `Helm replaces lists: ${key} of the files below is lost, unless it is repeated here.`,
    ),
  ]);
  return {
    path: `helm/${declaration.release.name}-traefik-values.yaml`,
    text: `${head}${valuesText(values)}\n`,
  };
}
