import { inventoryMarkdown } from '../../../src/cli/report/inventory-markdown';
import type { Inventory } from '../../../src/doctor/cluster/inventory-record';

const HOSTILE = '`x`|<img src=x> @all #1 [a](https://evil.example) **b**';

function hostile(): Inventory {
  return {
    schemaVersion: '1',
    takenAt: '2025-11-20T12:00:00.000Z',
    host: HOSTILE,
    server: HOSTILE,
    isClusterRead: true,
    releases: [
      {
        ...{ name: HOSTILE, namespace: HOSTILE, chart: HOSTILE, chartVersion: HOSTILE },
        ...{ appVersion: HOSTILE, revision: 1, status: HOSTILE, isOwn: true },
      },
    ],
    valuesSources: [{ kind: HOSTILE, namespace: HOSTILE, name: HOSTILE, values: [HOSTILE] }],
    appIni: { path: HOSTILE, settings: { [HOSTILE]: { [HOSTILE]: HOSTILE } }, absent: [] },
    rootUrl: HOSTILE,
    services: [{ namespace: HOSTILE, name: HOSTILE, type: HOSTILE, ports: [] }],
    routes: [
      {
        ...{ kind: HOSTILE, namespace: HOSTILE, name: HOSTILE, host: HOSTILE, path: HOSTILE },
        ...{ className: HOSTILE, backends: [HOSTILE], tlsSecrets: [HOSTILE] },
      },
    ],
    certificates: [
      { namespace: HOSTILE, name: HOSTILE, dnsNames: [HOSTILE], isReady: false, reason: HOSTILE },
    ],
    volumes: [{ namespace: HOSTILE, claim: HOSTILE, accessModes: [HOSTILE], use: HOSTILE }],
    packageDirectory: 'not measured',
    backups: [
      {
        ...{ kind: 'CronJob', namespace: HOSTILE, name: HOSTILE, saves: ['data'] },
        ...{ schedule: HOSTILE, isSuspended: true },
      },
    ],
    images: [{ image: HOSTILE, namespace: HOSTILE, pods: 1 }],
    accessPaths: [
      { name: HOSTILE, url: HOSTILE, responder: HOSTILE, realm: HOSTILE, headers: [HOSTILE] },
    ],
    drift: [{ code: 'REG622', observed: HOSTILE }],
    unread: [{ what: HOSTILE, why: HOSTILE }],
  };
}

describe('the Markdown of an inventory', () => {
  it('makes no markup, link, mention or further cell of what others wrote', () => {
    const text = inventoryMarkdown(hostile());
    for (const sign of ['`x`', '<img', '@all', '[a](', 'https://evil', '**b**', ' #1']) {
      expect(text).not.toContain(sign);
    }
    const rows = text.split('\n').filter((line) => line.startsWith('| <code>'));
    expect(rows.length).toBeGreaterThan(5);
  });

  it('says what is not there and what is not known', () => {
    const text = inventoryMarkdown({
      ...hostile(),
      ...{ releases: [], valuesSources: [], services: [], routes: [], certificates: [] },
      ...{ volumes: [], backups: [], images: [], accessPaths: [], unread: [] },
      appIni: { unread: "needs the right 'create pods/exec in namespace git'" },
      drift: undefined,
      isClusterRead: false,
    });
    expect(text).toContain('**The cluster could not be read.**');
    expect(text).toMatch(/### Backups\n\nNone found\./);
    expect(text).toContain('Drift | not looked at');
    expect(text).toMatch(/Not read: <code>needs the right/);
  });
});
