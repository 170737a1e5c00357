import type { ReadStream } from 'node:tty';
import type { Writable } from 'node:stream';
import type { AskOptions } from './io';

/** Where a question is asked. */
export interface Terminal {
  readonly stdin: Pick<
    ReadStream,
    'setRawMode' | 'setEncoding' | 'pause' | 'resume' | 'on' | 'once' | 'off' | 'unshift'
  >;
  readonly stderr: Pick<Writable, 'write'>;
  /** What Ctrl-C does. */
  readonly interrupt: () => void;
}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** Keys that take the last letter away: Backspace sends either. */
const DELETES = ['\u007f', '\b'];

/**
 * Asks on stderr and reads one line from the terminal; undefined when the input ends.
 *
 * @throws the reason of the signal once it is aborted
 */
export async function askTerminal(
  terminal: Terminal,
  question: string,
  { hidden = false, signal }: AskOptions = {},
): Promise<string | undefined> {
  const { stdin, stderr } = terminal;
  signal?.throwIfAborted();
  // In raw mode the terminal shows nothing, and turns no key into a signal or an edit either; set before the question,
  // because whoever pastes is fast.
  stdin.setRawMode(hidden);
  stdin.setEncoding('utf8');
  stderr.write(question);
  try {
    return await readLine(terminal, hidden, signal);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    if (hidden) {
      stderr.write('\n');
    }
  }
}

function readLine(
  { stdin, interrupt }: Terminal,
  hidden: boolean,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const line = new TypedLine(hidden, interrupt);
  return new Promise((resolve, reject) => {
    const take = (text: string): void => {
      const rest = line.type(text);
      if (rest !== undefined) {
        end();
        if (rest !== '') {
          stdin.unshift(rest);
        }
      }
    };
    const aborted = (): void => {
      stop();
      reject(signal!.reason as Error);
    };
    const stop = (): void => {
      stdin.off('data', take).off('end', end);
      signal?.removeEventListener('abort', aborted);
    };
    const end = (): void => {
      stop();
      resolve(line.answer);
    };
    stdin.on('data', take).once('end', end);
    signal?.addEventListener('abort', aborted);
    stdin.resume();
  });
}

/** A line as its keys arrive. */
class TypedLine {
  private text = '';
  private isEnded = false;

  public constructor(
    private readonly isRaw: boolean,
    private readonly interrupt: () => void,
  ) {}

  /** What was typed; undefined when the input ended before anything was. */
  public get answer(): string | undefined {
    return this.text === '' && !this.isEnded ? undefined : this.text;
  }

  /**
   * Takes what was typed.
   *
   * @returns what follows the line once it has ended; undefined until then
   */
  public type(keys: string): string | undefined {
    for (const [index, key] of [...keys].entries()) {
      if (key === '\r' || key === '\n') {
        this.isEnded = true;
        return [...keys]
          .slice(index + 1)
          .join('')
          .replace(/^\n/, key === '\r' ? '' : '\n');
      }
      if (this.isRaw && key === CTRL_D) {
        return '';
      }
      this.press(key);
    }
    return undefined;
  }

  private press(key: string): void {
    if (this.isRaw && key === CTRL_C) {
      this.interrupt();
    } else if (this.isRaw && DELETES.includes(key)) {
      this.text = [...this.text].slice(0, -1).join('');
    } else {
      this.text += key;
    }
  }
}
