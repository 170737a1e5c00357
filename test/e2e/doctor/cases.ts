import { HOST } from '../../doctor/scenarios/world';
import type { Lab } from './lab';
import { Operator } from './operator';
import { allBut, routed, router } from './traefik-routes';

const whole = routed({ gitea: router() });

/** The two cases the product was made for, as their operators would meet them: by the command. */
export function referenceCases(lab: () => Lab, traefik: string): void {
  let operator: Operator;
  afterEach(() => operator?.close());

  describe('the reference case: ROOT_URL is http', () => {
    beforeAll(() => lab().configure({ rootUrl: `http://${HOST}/` }));

    test('before: the host answers 404, the NodePort 401, and the missing route is the cause', async () => {
      operator = await Operator.behind(traefik, allBut('/v2')(lab().origin));
      const nodePort = ['--path', `nodePort=${lab().origin}`];
      const { code, report } = await operator.doctor(nodePort);
      expect(code).toBe(1);
      expect(report.cause).toEqual({ code: 'REG211', path: 'ingress' });
      expect(failures(report)).toEqual(['REG211']);
      const { out } = await operator.run(['doctor', HOST, ...nodePort]);
      expect(out).toMatch(/^ingress +404 /m);
      expect(out).toMatch(/^nodePort +401 +gitea +http:\/\/git\.example\.test\/v2\/token/m);
      expect(out).toMatch(/^Cause: REG211 on ingress: /m);
    });

    test('after: with the route nothing fails, and the realm is https', async () => {
      operator = await Operator.behind(traefik, whole(lab().origin));
      const { code, report } = await operator.doctor(['--path', `nodePort=${lab().origin}`]);
      expect({ code, cause: report.cause, told: failures(report) }).toEqual({
        code: 0,
        cause: null,
        told: [],
      });
      const realm = report.checks.find(({ code: own, path }) => own === 'REG240' && path);
      expect(realm).toMatchObject({ path: 'ingress', status: 'pass' });
      expect(realm!.observed).toContain(`https://${HOST}/v2/token`);
    });
  });

  describe('the mosaic case: images are named without the prefix they were pushed with', () => {
    beforeAll(() => lab().configure());

    test('the real name is told, and the command that is told links it', async () => {
      operator = await Operator.behind(traefik, whole(lab().origin));
      const login = await lab().login('publisher');
      const link = (name: string): readonly string[] => [
        '--link',
        `${lab().closed}/container/${name}=stack`,
      ];

      const before = await operator.doctor(link('web'), login);
      expect({ code: before.code, cause: before.report.cause?.code }).toEqual({
        code: 1,
        cause: 'REG913',
      });
      const told = before.report.checks.find(({ code }) => code === 'REG913')!;
      expect(told.observed).toContain("'stack-web'");
      expect(told.fix).toEqual({
        kind: 'command',
        text: `gitea-registry link ${lab().closed}/container/stack-web stack --registry ${HOST}`,
      });

      const done = await operator.run(told.fix!.text.split(' ').slice(1), login);
      expect({ code: done.code, err: done.err }).toMatchObject({ code: 0 });
      const after = await operator.doctor(link('stack-web'), login);
      expect({ code: after.code, told: failures(after.report) }).toEqual({ code: 0, told: [] });
    });
  });
}

function failures({ checks }: Awaited<ReturnType<Operator['doctor']>>['report']): string[] {
  return checks.flatMap(({ code, status }) => (status === 'fail' || status === 'warn' ? code : []));
}
