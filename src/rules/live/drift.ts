import type { Check } from '../check';

/** How what runs can differ from what is declared. */
export const DRIFT_CHECKS: readonly Check[] = [
  {
    code: 'REG622',
    slug: 'ini-sticky',
    title: 'app.ini holds what is declared, and nothing that was removed',
    severity: 'warning',
    why: "the charts' init container merges the values into app.ini on the volume and never deletes a key: what was once written holds until it is written again, whatever the values say today",
    shows: [
      '`kubectl exec deploy/gitea -- cat /data/gitea/conf/app.ini` shows a limit that stands in no values file',
      'a setting was removed from the values, and Gitea behaves as before',
    ],
    fix: 'write the key with its default value (`resetConfig`), upgrade, and keep it written: leaving it out changes nothing',
    links: [
      'https://gitea.com/gitea/helm-gitea#configuration',
      'https://docs.gitea.com/administration/config-cheat-sheet',
    ],
  },
  {
    code: 'REG623',
    slug: 'restart-after-change',
    title: 'a changed config Secret or ConfigMap restarts the pod',
    severity: 'warning',
    why: "settings reach app.ini by an init container, once at the start of the pod; the checksum of the chart covers the chart's own Secrets only, so another one can change for weeks before anything reads it",
    shows: [
      'a new password or setting is in the Secret, and Gitea uses the old one',
      'the change takes effect at the next restart, when nobody thinks of it any more',
    ],
    fix: '`kubectl rollout restart` of the forge now; a checksum of the Secret in `gitea.podAnnotations`, or Reloader, for the next time',
    links: [
      'https://helm.sh/docs/howto/charts_tips_and_tricks/#automatically-roll-deployments',
      'https://github.com/stakater/Reloader',
    ],
  },
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
