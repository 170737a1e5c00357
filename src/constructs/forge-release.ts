import type { Flavor, ReleaseDeclaration } from '../declaration/model';
import { chartLineProblems } from '../declaration/chart-line';
import { checked } from '../declaration/checked';
import { DeclarationError } from '../declaration/problem';
import { releaseSchema } from '../declaration/registry-schema';

/** The HTTP Service of the release, as `kubectl get service` shows it. */
export interface HttpServiceFacts {
  /** Name of the Service. */
  readonly name: string;

  /** Port of the Service. */
  readonly port: number;

  /**
   * Port Gitea itself listens on; written as `server.HTTP_PORT`, from which the chart takes the targetPort.
   * @default 3000
   */
  readonly appPort?: number;

  /**
   * NodePort of the Service.
   * @default - the Service has none; the NodePort path is not probed
   */
  readonly nodePort?: number;
}

/** An existing Helm release, as `helm list` shows it. */
export interface ForgeReleaseProps {
  /** Release name. */
  readonly name: string;

  /** Namespace of the release. Route, certificate and declaration go there and nowhere else. */
  readonly namespace: string;

  /** Exact chart version, such as `12.5.0`; no range, and of a line this package knows (REG640). */
  readonly chartVersion: string;

  /** Version of the application, such as `1.25.4` or `11.0.1+gitea-1.22.0`. */
  readonly appVersion: string;

  /** HTTP Service of the release. */
  readonly httpService: HttpServiceFacts;

  /**
   * Chart, as the `helm upgrade` line names it.
   * @default - the product's official OCI chart
   */
  readonly chart?: string;

  /**
   * Values files the overlay is layered after, in order. `*.sops.yaml` is decrypted on the way to helm.
   * @default - none is named; VALUES stands for them in the `helm upgrade` line
   */
  readonly valuesFiles?: string[];

  /**
   * What app.ini of the running release says today, as `section.KEY` → value, for keys the overlay writes.
   * The header then shows what changes, and the handoff page what to write back.
   * @default - unknown; every key the declaration owns is listed as one that may change
   */
  readonly liveConfig?: { [sectionAndKey: string]: string };
}

const OFFICIAL_CHART: { readonly [F in Flavor]: string } = {
  gitea: 'oci://docker.gitea.com/charts/gitea',
  forgejo: 'oci://code.forgejo.org/forgejo-helm/forgejo',
};

/** The existing release a registry belongs to. It is described, never deployed. */
export class ForgeRelease {
  /** A release of the Gitea chart. */
  public static gitea(props: ForgeReleaseProps): ForgeRelease {
    return new ForgeRelease('gitea', props);
  }

  /** A release of the Forgejo chart. */
  public static forgejo(props: ForgeReleaseProps): ForgeRelease {
    return new ForgeRelease('forgejo', props);
  }

  private readonly declaration: ReleaseDeclaration;

  private constructor(flavor: Flavor, props: ForgeReleaseProps) {
    const {
      valuesFiles = [],
      liveConfig = {},
      chart = OFFICIAL_CHART[flavor],
      httpService,
      ...rest
    } = props;
    this.declaration = checked(
      releaseSchema,
      {
        flavor,
        ...rest,
        chart,
        valuesFiles: [...valuesFiles],
        httpService: { appPort: 3000, ...httpService },
        liveConfig: { ...liveConfig },
      },
      'release',
    );
    const problems = chartLineProblems(this.declaration);
    if (problems.length > 0) {
      throw new DeclarationError(problems);
    }
  }

  /** @internal */
  public _toDeclaration(): ReleaseDeclaration {
    return this.declaration;
  }
}
