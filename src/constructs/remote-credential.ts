import { LINE_OF_TEXT } from '../declaration/free-text';
import type { Grammar } from '../declaration/grammar';
import { TOKEN_SCOPES_ANNOTATION } from '../declaration/labels';
import { OWNER_NAME } from '../declaration/owner-name';
import { checked } from '../declaration/checked';
import { text } from '../declaration/schema';
import type { StoredEntry } from './stored-entry';

/** A credential stored as an account name and an access token. */
export interface AccessTokenCredentialProps {
  /** Key of the entry in the store. */
  readonly key: string;

  /** Gitea account the token belongs to. */
  readonly username: string;

  /**
   * Property of the entry that holds the token.
   * @default 'token'
   */
  readonly tokenProperty?: string;
}

/** A credential stored as a whole docker `config.json`. */
export interface DockerConfigCredentialProps {
  /** Key of the entry in the store. */
  readonly key: string;

  /**
   * Property of the entry that holds the JSON.
   * @default - the entry itself is the JSON
   */
  readonly property?: string;
}

const REMOTE_KEY: Grammar = {
  ...LINE_OF_TEXT,
  allowed: "must be the key or property of an entry in the store, such as 'mosaic/gitea/ci-pull'",
};

const remote = (value: string, path: string): string => checked(text(REMOTE_KEY), value, path);

/** What of the store becomes the pull secret: a reference, never a value. */
export abstract class RemoteCredential {
  /** An access token with scope `read:package`; the operator builds the docker config from it. */
  public static accessToken(props: AccessTokenCredentialProps): RemoteCredential {
    return new AccessTokenCredential(props);
  }

  /** A docker `config.json` that is stored whole; its `auths` key must be the registry host. */
  public static dockerConfig(props: DockerConfigCredentialProps): RemoteCredential {
    return new DockerConfigCredential(props);
  }

  /** @internal */
  public abstract _data(): StoredEntry[];

  /**
   * Annotations of the secret; the scopes of a stored docker config are not known.
   * @internal
   */
  public _annotations(): { [annotation: string]: string } | undefined {
    return undefined;
  }

  /**
   * Go template of `.dockerconfigjson`.
   * @internal
   */
  public abstract _template(host: string): string;
}

class AccessTokenCredential extends RemoteCredential {
  private readonly username: string;
  private readonly data: StoredEntry[];

  public constructor({ key, username, tokenProperty = 'token' }: AccessTokenCredentialProps) {
    super();
    this.username = checked(text(OWNER_NAME), username, 'credential.username');
    this.data = [
      {
        secretKey: 'token',
        remoteRef: {
          key: remote(key, 'credential.key'),
          property: remote(tokenProperty, 'credential.tokenProperty'),
        },
      },
    ];
  }

  public override _data(): StoredEntry[] {
    return this.data;
  }

  public override _annotations(): { [annotation: string]: string } {
    return { [TOKEN_SCOPES_ANNOTATION]: 'read:package' };
  }

  public override _template(host: string): string {
    // A serializer, not a string template: a quote or line feed in the token must not break the JSON.
    return [
      '{{- $token := .token | toString | trim -}}',
      `{{- $auth := printf "${this.username}:%s" $token | b64enc -}}`,
      `{{- dict "auths" (dict "${host}" (dict "username" "${this.username}" "password" $token "auth" $auth)) | toJson -}}`,
    ].join('\n');
  }
}

class DockerConfigCredential extends RemoteCredential {
  private readonly data: StoredEntry[];

  public constructor({ key, property }: DockerConfigCredentialProps) {
    super();
    this.data = [
      {
        secretKey: 'config',
        remoteRef: {
          key: remote(key, 'credential.key'),
          ...(property !== undefined && { property: remote(property, 'credential.property') }),
        },
      },
    ];
  }

  public override _data(): StoredEntry[] {
    return this.data;
  }

  public override _template(): string {
    return '{{ .config | toString | trim }}';
  }
}
