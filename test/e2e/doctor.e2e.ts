import { diagnose } from '../../src/doctor';
import type { SetUp } from '../doctor/scenarios';
import { SCENARIOS } from './doctor';
import { referenceCases } from './doctor/cases';
import { Lab } from './doctor/lab';
import type { Programs, Proxy, RealScenario } from './doctor/scenario';
import type { GiteaSettings } from './servers/gitea-binary';
import { found } from './servers/program';
import { skipLoudly } from './servers/skip';

const { GITEA_BINARY, GITEA_STATIC_ROOT, TRAEFIK_BINARY } = process.env;

const programs: Programs = { traefik: TRAEFIK_BINARY || undefined, nginx: found('nginx') };

const HOW: { readonly [P in Proxy]: string } = {
  traefik: 'set TRAEFIK_BINARY to a program of Traefik 3.7 or later',
  nginx: 'have nginx on PATH',
};

if (GITEA_BINARY) {
  describe(`the doctor and the program '${GITEA_BINARY}'`, () => realServers(GITEA_BINARY));
} else {
  skipLoudly(
    'the doctor with real servers: set GITEA_BINARY to a Gitea program (GITEA_STATIC_ROOT to its folder with templates and options, where it has none inside) and TRAEFIK_BINARY to a Traefik program, and have nginx on PATH',
  );
}

function realServers(binary: string): void {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start({ binary, staticRoot: GITEA_STATIC_ROOT || undefined });
  });
  afterAll(() => lab?.close());

  const missing = (Object.keys(HOW) as Proxy[]).filter((proxy) => programs[proxy] === undefined);
  missing.forEach((proxy) => skipLoudly(`the doctor behind ${proxy}: ${HOW[proxy]}`));
  const runnable = SCENARIOS.filter(
    ({ proxies }) => !proxies.some((proxy) => missing.includes(proxy)),
  );

  describe.each(bySettings(runnable))('Gitea set up with %s', (_name, settings, scenarios) => {
    beforeAll(() => lab.configure(settings));
    theFirstToldIsTheCause(() => lab, scenarios);
  });

  if (programs.traefik) {
    referenceCases(() => lab, programs.traefik);
  }
}

function theFirstToldIsTheCause(lab: () => Lab, scenarios: readonly RealScenario[]): void {
  let setUp: SetUp | undefined;
  afterEach(async () => {
    await setUp?.close();
    setUp = undefined;
  });

  const rows = scenarios.map((scenario) => ({ ...scenario, first: scenario.code ?? 'nothing' }));
  test.each(rows)('$name: $first', async ({ start, code }) => {
    setUp = await start(lab(), programs);
    const { results, cause, isPartial } = await diagnose(setUp.request, setUp.options);
    const told = results.filter(({ status }) => status === 'fail' || status === 'warn');
    // What else was told stands beside it in a failure.
    const lines = told.map((result) => `${result.code} ${result.path ?? ''} ${result.observed}`);
    expect({ first: told[0]?.code, lines }).toEqual({ first: code, lines });
    expect(cause?.code).toBe(told.find(({ status }) => status === 'fail')?.code);
    expect(results.some(({ status }) => status === 'pass')).toBe(true);
    expect(isPartial).toBe(false);
  });
}

/** Scenarios by the settings of Gitea: other settings take a restart. */
function bySettings(
  scenarios: readonly RealScenario[],
): [name: string, settings: GiteaSettings, scenarios: RealScenario[]][] {
  const groups = new Map<string, RealScenario[]>();
  for (const scenario of scenarios) {
    const name = JSON.stringify(scenario.settings ?? {});
    groups.set(name, [...(groups.get(name) ?? []), scenario]);
  }
  return [...groups].map(([name, group]) => [name, group[0]!.settings ?? {}, group]);
}
