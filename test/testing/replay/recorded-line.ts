import { readFileSync } from 'node:fs';

/** One line of a recording: a request without its body, and the answer of the real server. */
export interface RecordedLine {
  /** From 1. */
  readonly number: number;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly response: {
    readonly status: number;
    /** Names and order as sent. */
    readonly headers: Readonly<Record<string, string>>;
    /** Cut to 1,500 characters, HTML to 160; `…` shows a cut. */
    readonly body: string;
  };
}

/** Reads a recording. */
export function readRecording(file: string): readonly RecordedLine[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line, index) => {
      const { request, response } = JSON.parse(line) as Omit<RecordedLine, 'number'>;
      return {
        number: index + 1,
        request: { ...request, headers: request.headers ?? {} },
        response,
      };
    });
}
