import type { Check } from '../check';

/** Git hosting beside the registry. */
export const HOSTING_CHECKS: readonly Check[] = [
  {
    code: 'REG565',
    slug: 'hosting-healthy',
    title: 'what worked before a change works after it: git hosting, and every check',
    severity: 'error',
    why: 'registry and git hosting share one release, one host and one proxy: a route, a ROOT_URL or an upgrade made for images can take the web interface, the REST API, git or ssh with it',
    shows: [
      'git: `fatal: unable to access … The requested URL returned error: 404`',
      'the start page or the login page is gone, or of another program',
      'git by ssh: `Connection refused`',
    ],
    fix: 'undo the last change to the part that is named, or save a new record with --save when the difference is meant',
    links: [
      'https://git-scm.com/docs/gitprotocol-http',
      'https://docs.gitea.com/administration/config-cheat-sheet#server-server',
    ],
  },
];
