import { Chart, Testing } from 'cdk8s';
import type { GiteaRegistryProps } from 'cdk8s-gitea-registry';
import { ForgeRelease, GiteaRegistry, PackageSize } from 'cdk8s-gitea-registry';

const facts = {
  name: 'gitea',
  namespace: 'default',
  chartVersion: '12.5.0',
  appVersion: '1.25.4',
  httpService: { name: 'gitea', port: 3000 },
};

function registry(props: Partial<GiteaRegistryProps>): GiteaRegistry {
  return new GiteaRegistry(new Chart(Testing.app(), 'chart'), 'Registry', {
    host: 'gitea.coulomb.social',
    release: ForgeRelease.gitea(facts),
    ...props,
  });
}

function everything(): GiteaRegistry {
  const full = registry({
    host: 'git.example.org:8443',
    sshDomain: 'ssh.example.org',
    release: ForgeRelease.gitea({
      ...facts,
      httpService: { name: 'gitea', port: 80, appPort: 3001 },
    }),
    limits: {
      generic: PackageSize.gibibytes(5),
      helm: PackageSize.parse('5000000000'),
      others: { npm: PackageSize.mebibytes(500), rubygems: PackageSize.parse('1.5 GB') },
      totalOwnerSize: PackageSize.unlimited(),
      totalOwnerCount: 1000000,
    },
  });
  full.addConfig('cron.cleanup_packages', 'ENABLED', 'true');
  full.addConfig('cron.cleanup_packages', 'OLDER_THAN', '24h');
  full.addConfig('cron.cleanup_packages', 'SCHEDULE', '@midnight');
  full.addConfig('storage.packages', 'PATH', '/data/packages');
  full.addConfig('repo-archive', 'STORAGE_TYPE', 'local');
  full.addConfig('ui', 'REACTIONS', '+1, -1, laugh');
  full.addConfig('ui.meta', 'DESCRIPTION', 'a # b; c = `d` {{ .Release.Name }} $(x) %(x)s é 🙂 \\');
  full.addConfig('other', 'SHOW_FOOTER_VERSION', 'false');
  full.resetConfig('service', 'REQUIRE_SIGNIN_VIEW', 'false');
  return full;
}

/** Registries whose overlays were rendered by the real charts; the answers are in test/vectors/. */
export const CHART_CASES: { readonly [name: string]: () => GiteaRegistry } = {
  reference: () => registry({}),
  everything,
};
