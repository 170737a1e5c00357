import type { Result } from '../../../src/doctor';

/** Results as probes give them. */
export const RESULTS = {
  connects: {
    code: 'REG113',
    step: 'P1',
    status: 'pass',
    path: 'ingress',
    observed: '203.0.113.10:443',
  },
  answers: {
    code: 'REG230',
    step: 'P4',
    status: 'pass',
    path: 'service',
    observed: '401 by Gitea',
  },
  noRoute: {
    code: 'REG211',
    step: 'P4',
    status: 'fail',
    path: 'ingress',
    observed: "HTTP 404 '404 page not found' (Traefik or Gitea's router)",
    expected: '401 with a Bearer challenge, as on service',
    fix: { kind: 'values', text: 'paths:\n  - path: /v2\n    pathType: Prefix\n' },
  },
  onBoth: {
    code: 'REG211',
    step: 'P4',
    status: 'fail',
    path: 'ingress',
    paths: ['ingress', 'service'],
    observed: '404 on both',
  },
  waits: { code: 'REG312', step: 'P8', status: 'skip', path: 'ingress', note: 'waits for REG211' },
  alsoWaits: {
    code: 'REG330',
    step: 'P11',
    status: 'skip',
    path: 'ingress',
    note: 'waits for REG211',
  },
  warns: { code: 'REG330', step: 'P11', status: 'warn', observed: 'nearly public' },
  noted: { code: 'REG312', step: 'P8', status: 'pass', path: 'service', note: 'user ci, no admin' },
} as const satisfies { readonly [name: string]: Result };
