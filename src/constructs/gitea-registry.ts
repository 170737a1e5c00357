import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { splitHost } from '../declaration/host';
import { OBJECT_NAME } from '../declaration/kubernetes-name';
import type { RegistryDeclaration, ReleaseDeclaration } from '../declaration/model';
import { checked } from '../declaration/checked';
import { printDeclaration } from '../declaration/parse';
import { refuse } from '../declaration/problem';
import { isNamed } from '../declaration/pull-secret-reach';
import { releaseTls } from '../declaration/route';
import { text } from '../declaration/schema';
import { deliveryTexts } from '../delivery/delivery-texts';
import { handoffPage } from '../delivery/handoff/page';
import { overlayValues } from '../delivery/overlay-values';
import { declarationFilePath, handoffFilePath, valuesFilePath } from '../delivery/side-file';
import { valuesFile } from '../delivery/values-file';
import type { Manifest } from '../rules/manifest';
import { claim, claimObjects, claimPullSecret } from './claims';
import { DeclarationConfigMap } from './declaration-config-map';
import { declarationFacts } from './declaration-facts';
import { DeclaredParts } from './declared-parts';
import type { GiteaRegistryProps } from './gitea-registry-props';
import { LayerFiles } from './layers/layer-files';
import type { NodeFiles } from './layers/node-files';
import type { TraefikSettings } from './layers/traefik-settings';
import { traefikValuesFile } from './layers/traefik-values-file';
import type { AddNetworkPolicyOptions } from './network-policy';
import { networkPolicyDeclaration, renderNetworkPolicy } from './network-policy';
import type { PackageLinks } from './package-links';
import { linkDeclarations } from './package-links';
import type { PullSecret } from './pull-secret/pull-secret';
import type { AttachPullSecretOptions } from './pull-secret-attachment';
import { PullSecretAttachment } from './pull-secret-attachment';
import { JUDGES_ALL, overlayManifest, RegistryRules } from './registry-rules';
import type { V2Route } from './v2-route';

/**
 * Describes the package registry of an existing Gitea or Forgejo release, once. Everything rendered (route,
 * certificate, pull secrets, the declaration itself, the Helm values overlay, the handoff page) follows from it.
 *
 * @example
 * const registry = new GiteaRegistry(chart, 'Registry', {
 *   host: 'git.example.org',
 *   release: ForgeRelease.gitea({
 *     name: 'gitea', namespace: 'git', chartVersion: '12.5.0', appVersion: '1.25.4',
 *     httpService: { name: 'gitea-http', port: 3000 },
 *   }),
 * });
 */
export class GiteaRegistry extends Construct {
  /** Public `host[:port]`, as it stands in image references. */
  public readonly host: string;

  private readonly parts: DeclaredParts;
  private readonly published: boolean;
  private readonly consumers: Construct;
  private readonly layerFiles = new LayerFiles();

  /**
   * @throws Error naming the refused prop, its value, what is allowed and the code of the broken truth
   */
  public constructor(scope: Construct, id: string, props: GiteaRegistryProps) {
    super(scope, id);
    this.parts = new DeclaredParts(declarationFacts(props));
    this.host = this.parts.facts.host;
    this.published = props.publishDeclaration ?? true;
    // Ids of consumers are the user's; in a scope of their own they cannot meet ours.
    this.consumers = new Construct(this, 'PullSecrets');
    this.requireNamespace();
    const { namespace, name: release } = this.release;
    claim(this, 'release', `${namespace}/${release}`);
    if (this.published) {
      const name = props.declarationName;
      if (name !== undefined) {
        checked(text(OBJECT_NAME), name, 'declarationName');
      }
      new DeclarationConfigMap(this, 'Declaration', () => this._toDeclaration(), name);
    }
    props.delivery?._bind(new Construct(this, 'Delivery'), {
      release: this.release,
      values: () => overlayValues(this._toDeclaration(), this.parts.addedSettings),
    });
    claimObjects(this);
    // cdk8s asks each construct again for every chart: hundreds of registries under one judge need not answer.
    if (!(JUDGES_ALL in this.node.root)) {
      this.node.addValidation(
        new RegistryRules({
          scope: this,
          revision: () => this.parts.revision,
          declaration: () => this._toDeclaration(),
          added: () => this.parts.addedSettings,
        }),
      );
    }
  }

  /** The Helm values overlay, as text. */
  public get values(): string {
    return valuesFile(this._toDeclaration(), this.parts.addedSettings);
  }

  /** The page for downstream teams, as Markdown. */
  public get handoff(): string {
    return handoffPage(this._toDeclaration());
  }

  /** `registry.json`: the declaration, as text. */
  public get declaration(): string {
    return printDeclaration(this._toDeclaration());
  }

  /**
   * What is no manifest, as text by path: values overlay, handoff page, and what was asked for beside them (helmfile,
   * kustomization, files of nodes). `RegistryApp` writes these below its folder of side files; with another app, write them
   * yourself.
   */
  public get sideFiles(): { [path: string]: string } {
    return Object.fromEntries(this._sideFiles().map(({ path, text }) => [path, text]));
  }

  /** Routes `/v2` of the host to the release. At most one route. */
  public exposeV2(route: V2Route): void {
    const declared = route._toDeclaration(this.release);
    const declaration = this.parts.takeRoute(declared, () => {
      // An Ingress knows no port; two listeners of a Gateway do.
      const isByPort = declared.kind === 'gateway-http-route';
      claim(this, 'route of /v2 on', isByPort ? this.host : splitHost(this.host).name);
      const tls = releaseTls(declared);
      if (tls?.issuer) {
        claim(this, 'certificate for', `${this.release.namespace}/${tls.secretName}`);
      }
    });
    const scope = new Construct(this, 'V2Route');
    route._bind(scope, declaration);
    claimObjects(scope);
  }

  /**
   * Declares with what one consumer pulls.
   *
   * @param id name of the consumer; construct id and name in reports
   */
  public addPullSecret(id: string, secret: PullSecret): void {
    const declared = secret._toDeclaration(id, this.release);
    this.parts.takePullSecret(declared, () => claimPullSecret(this, declared));
    const scope = new Construct(this.consumers, id);
    secret._bind(scope, declared, () => this._toDeclaration());
    claimObjects(scope);
  }

  /**
   * Lets all pods below a construct pull with the secret of one consumer, those added later included. Entries that are
   * there are kept. A pod of another namespace than the secret's is refused at synth.
   *
   * @example
   * registry.addPullSecret('StateHub', PullSecret.fromSecretName('state-hub', 'gitea-pull'));
   * registry.attachPullSecret(chart, 'StateHub');
   *
   * @param scope one workload, or whatever holds some: a construct, a chart, an app
   * @param consumer id given to `addPullSecret`
   */
  public attachPullSecret(
    scope: IConstruct,
    consumer: string,
    options: AttachPullSecretOptions = {},
  ): void {
    const secret = this.parts.pullSecretOf(consumer);
    if (!isNamed(secret)) {
      refuse(
        'attachPullSecret',
        consumer,
        'is a credential of the nodes: pods pull with it and name no secret',
        'REG541',
      );
    }
    new PullSecretAttachment(scope, secret, options);
  }

  /**
   * Isolates the pods of the release: http is open to whom the options name, ssh to everybody unless they say otherwise,
   * and nothing else. What leaves the pods is not restricted. At most one policy.
   *
   * @example
   * registry.addNetworkPolicy({
   *   ingressController: { namespace: 'kube-system', podLabels: { 'app.kubernetes.io/name': 'traefik' } },
   *   prometheus: { namespace: 'monitoring' },
   * });
   */
  public addNetworkPolicy(options: AddNetworkPolicyOptions): void {
    const declared = networkPolicyDeclaration(options, this.release);
    this.parts.takeNetworkPolicy(declared);
    renderNetworkPolicy(this, declared, this.release);
    claimObjects(this);
  }

  /**
   * Writes, among the side files below `nodes/`, what makes the nodes trust or find the registry. Nothing in the cluster
   * changes: whoever manages the nodes installs it.
   *
   * @example
   * registry.addNodeFiles(NodeFiles.containerd({ caFile: '/etc/ssl/certs/example-ca.pem' }));
   */
  public addNodeFiles(files: NodeFiles): void {
    this.layerFiles.add((declaration) => files._file(declaration), this._toDeclaration());
  }

  /**
   * Writes, among the side files below `helm/`, values for the Traefik chart that let uploads take their time. For the
   * Traefik of K3s and RKE2 see `TraefikEntryPoints`.
   *
   * @throws DeclarationError REG641 for a chart version nobody tried
   */
  public addTraefikValues(settings: TraefikSettings): void {
    this.layerFiles.add(
      (declaration) => traefikValuesFile(declaration, settings),
      this._toDeclaration(),
    );
  }

  /**
   * Declares which repository packages belong to. `gitea-registry links apply` makes the links; nothing is rendered, and
   * a link hides nothing: visibility is the owner's.
   *
   * @example
   * registry.linkPackages({ owner: 'platform', repository: 'stack', names: ['stack-api', 'stack-web'] });
   */
  public linkPackages(links: PackageLinks): void {
    this.parts.takeLinks(linkDeclarations(links), links.repository);
  }

  /**
   * Adds a setting of app.ini to the overlay. Keys that hold a secret are refused; so is a second, different value.
   *
   * @param section in lower case, such as `cron.cleanup_packages`
   * @param key in upper case, such as `OLDER_THAN`
   * @param value as app.ini shall hold it
   */
  public addConfig(section: string, key: string, value: string): void {
    this.parts.takeSetting(section, key, value);
  }

  /**
   * Writes the default of a key that was removed from the values: app.ini on the volume keeps the last value of
   * a removed key for ever.
   *
   * @param defaultValue Gitea's default, as app.ini would hold it
   */
  public resetConfig(section: string, key: string, defaultValue: string): void {
    this.parts.takeReset(section, key, defaultValue);
  }

  /** @internal */
  public _toDeclaration(): RegistryDeclaration {
    return this.parts.declaration;
  }

  /**
   * What is no manifest: paths below the folder of side files, with their texts.
   * @internal
   */
  public _sideFiles(): { readonly path: string; readonly text: string }[] {
    const declaration = this._toDeclaration();
    return [
      {
        path: valuesFilePath(declaration),
        text: valuesFile(declaration, this.parts.addedSettings),
      },
      ...deliveryTexts(declaration),
      { path: handoffFilePath(declaration), text: handoffPage(declaration) },
      ...(this.published
        ? []
        : [{ path: declarationFilePath(declaration), text: printDeclaration(declaration) }]),
      ...this.layerFiles.texts(declaration),
    ];
  }

  /**
   * The values overlay as the rules read it.
   * @internal
   */
  public _overlay(): Manifest {
    return overlayManifest(this._toDeclaration(), this.parts.addedSettings, this.node.path);
  }

  private get release(): ReleaseDeclaration {
    return this.parts.facts.release;
  }

  private requireNamespace(): void {
    const chartNamespace = Chart.of(this).namespace;
    const { namespace } = this.release;
    if (chartNamespace !== undefined && chartNamespace !== namespace) {
      refuse(
        'chart.namespace',
        chartNamespace,
        `must be the namespace of the release, '${namespace}', or unset: route, certificate and declaration go there only`,
        'REG630',
      );
    }
  }
}
