import type { Check } from '../check';

/** How what runs can differ from what is declared. */
export const DRIFT_CHECKS: readonly Check[] = [
  {
    code: 'REG635',
    slug: 'values-drift',
    title:
      "the live release's values equal the declared ones, and its GitOps object is Ready and synced",
    severity: 'warning',
    why: 'an upgrade without the overlay, with `--reuse-values` or with `--set` by hand leaves values in the release that stand in no file: the next upgrade by the book undoes or keeps them, and nobody knows which',
    shows: [
      '`helm get values` shows other settings than the overlay',
      '`kubectl get helmrelease` is not Ready, or the Application of Argo CD is OutOfSync',
    ],
    fix: '`helm upgrade … -f BASE -f OVERLAY` with every values file and no `--reuse-values`; with GitOps, mend what its object names',
    links: [
      'https://helm.sh/docs/helm/helm_upgrade/',
      'https://fluxcd.io/flux/components/helm/helmreleases/#helmrelease-status',
    ],
  },
];
