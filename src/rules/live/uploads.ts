import type { Check } from '../check';

/** What a publisher meets. */
export const UPLOAD_CHECKS: readonly Check[] = [
  {
    code: 'REG724',
    slug: 'digest-tagged',
    title:
      'a workload names its image by a unique tag; a digest pin only comes on top of such a tag',
    severity: 'warning',
    gate: 'Gitea ≤1.24 and ≥1.25.2, Forgejo',
    why: 'a manifest that was pushed by tag lives in the version of that tag: when the tag moves, the old digest is gone at once, and with it every workload that is pinned to it',
    shows: [
      'kubelet: `manifest unknown` for a digest that worked yesterday, while the tag can be pulled',
      'HEAD of the tag names another `Docker-Content-Digest`',
    ],
    fix: 'give each build its own tag and deploy that; push the old image again under a tag of its own',
    links: ['https://docs.gitea.com/usage/packages/container'],
  },
];
