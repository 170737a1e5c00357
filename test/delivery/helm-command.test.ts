import { upgradeCommand } from '../../src/delivery/helm-command';
import { ForgeRelease } from 'cdk8s-gitea-registry';
import { RELEASE } from '../support/registries';

const OVERLAY = 'helm/gitea-registry-values.yaml';

function command(valuesFiles: string[]): string {
  return upgradeCommand(ForgeRelease.gitea({ ...RELEASE, valuesFiles })._toDeclaration(), OVERLAY);
}

const HELM =
  'helm upgrade gitea oci://docker.gitea.com/charts/gitea --version 12.5.0 --namespace git';

it('has a gap to fill where no values file is named: the overlay alone would reset the release', () => {
  expect(command([])).toBe(`${HELM} -f VALUES -f ${OVERLAY}`);
});

it('layers the overlay last, over plain values files in their order', () => {
  expect(command(['b.yaml', 'a.yaml'])).toBe(`${HELM} -f b.yaml -f a.yaml -f ${OVERLAY}`);
});

it.each(['sops.yaml', 'sops.yml'])('decrypts one file that ends with %s into a pipe', (ending) => {
  expect(command(['base.yaml', `secret.${ending}`, 'last.yaml'])).toBe(
    `sops exec-file secret.${ending} '${HELM} -f base.yaml -f {} -f last.yaml -f ${OVERLAY}'`,
  );
});

it('leaves several encrypted files to helm-secrets, since sops exec-file takes one', () => {
  expect(command(['a.sops.yaml', 'plain.yaml', 'b.sops.yml'])).toBe(
    `${HELM} -f secrets://a.sops.yaml -f plain.yaml -f secrets://b.sops.yml -f ${OVERLAY}`,
  );
});

it('takes no file for encrypted whose name only resembles', () => {
  expect(command(['sops.yaml', 'a.sops.yaml.bak', 'sops/a.yaml'])).not.toMatch(
    /exec-file|secrets:/,
  );
});
