import type { HeaderLine } from './header-lines';

/** An answer a proxy gives itself. `Content-Length` is added where no line has it and the status allows it. */
export interface ProxyAnswer {
  readonly status: number;
  /** Reason phrase. @default - the one of the status */
  readonly reason?: string;
  /** @default - none */
  readonly headers?: readonly HeaderLine[];
  /** @default - empty */
  readonly body?: string | Buffer;
}
