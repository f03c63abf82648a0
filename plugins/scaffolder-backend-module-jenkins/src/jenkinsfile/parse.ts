import { InputError } from '@backstage/errors';
import type { Call, Statement, Value } from './Statement';
import { tokenize, type Token } from './tokenize';

const opening: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
/** Words before the name of a variable. */
const declares = new Set(['def', 'final', 'String', 'int', 'boolean', 'Map']);

class Parser {
  readonly #tokens: Token[];
  #at = 0;

  constructor(private readonly code: string) {
    this.#tokens = tokenize(code);
  }

  program(): Statement[] {
    const statements = this.#statements('');
    if (this.#token.kind !== 'end') throw this.#unexpected();
    return statements;
  }

  get #token(): Token {
    return this.#tokens[this.#at];
  }

  #is(value: string): boolean {
    const { kind } = this.#token;
    return (kind === 'sign' || kind === 'word') && this.#token.value === value;
  }

  #take(value: string): boolean {
    if (!this.#is(value)) return false;
    this.#at += 1;
    return true;
  }

  #expect(value: string) {
    if (!this.#take(value)) throw this.#unexpected(`"${value}"`);
  }

  #skipLines() {
    while (this.#token.kind === 'newline' || this.#is(';')) this.#at += 1;
  }

  #unexpected(wanted?: string) {
    const { line, kind, value } = this.#token;
    const what = kind === 'end' ? 'its end' : `"${value}"`;
    return new InputError(
      `The Jenkinsfile has ${what} in line ${line}${
        wanted ? ` where ${wanted} should be` : ' where nothing should be'
      }. Correct it, or look whether it is a Jenkinsfile`,
    );
  }

  #sourceFrom(start: Token): string {
    const last = this.#tokens[Math.max(this.#at - 1, 0)];
    return this.code.slice(start.start, Math.max(last.end, start.end)).trim();
  }

  #statements(end: string): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      this.#skipLines();
      if (this.#token.kind === 'end' || (end && this.#is(end))) break;
      statements.push(this.#statement());
    }
    return statements;
  }

  #block(): Statement[] {
    this.#skipLines();
    this.#expect('{');
    const body = this.#statements('}');
    this.#expect('}');
    return body;
  }

  #statement(): Statement {
    const start = this.#token;
    const at = this.#at;
    const about = () => ({
      line: start.line,
      source: this.#sourceFrom(start),
    });
    if (this.#take('if')) return { ...this.#branches(), ...about() };
    if (this.#take('try')) return { ...this.#attempt(), ...about() };
    while (declares.has(this.#token.value)) this.#at += 1;
    const name = this.#path();
    if (name && this.#take('=')) {
      const value = this.#value();
      return { kind: 'assignment', name, value, ...about() };
    }
    this.#at = at;
    if (name) {
      const call = this.#call();
      if (this.#atEnd()) return call;
      this.#at = at;
    }
    this.#skipExpression(false);
    if (this.#at === at) throw this.#unexpected();
    return { kind: 'other', ...about() };
  }

  #branches() {
    const condition = this.#parenthesized();
    const then = this.#body();
    const before = this.#at;
    this.#skipLines();
    if (!this.#take('else')) {
      this.#at = before;
      return { kind: 'if' as const, condition, then, otherwise: [] };
    }
    return { kind: 'if' as const, condition, then, otherwise: this.#body() };
  }

  #body(): Statement[] {
    this.#skipLines();
    return this.#is('{') ? this.#block() : [this.#statement()];
  }

  #attempt() {
    const body = this.#block();
    let caught: Statement[] = [];
    let lastly: Statement[] = [];
    for (;;) {
      const before = this.#at;
      this.#skipLines();
      if (this.#take('catch')) {
        this.#parenthesized();
        caught = [...caught, ...this.#block()];
      } else if (this.#take('finally')) {
        lastly = this.#block();
      } else {
        this.#at = before;
        return { kind: 'try' as const, body, caught, lastly };
      }
    }
  }

  #parenthesized(): string {
    this.#expect('(');
    const start = this.#token;
    this.#skipExpression(true);
    const source = this.#sourceFrom(start);
    this.#expect(')');
    return source;
  }

  #path(): string {
    if (this.#token.kind !== 'word') return '';
    let path = this.#token.value;
    this.#at += 1;
    while (
      (this.#is('.') || this.#is('?.')) &&
      this.#tokens[this.#at + 1].kind === 'word'
    ) {
      path += `.${this.#tokens[this.#at + 1].value}`;
      this.#at += 2;
    }
    return path;
  }

  #atEnd(): boolean {
    const { kind } = this.#token;
    return (
      kind === 'newline' ||
      kind === 'end' ||
      [';', ',', ')', ']', '}'].some(sign => this.#is(sign))
    );
  }

  #call(on?: Call): Call {
    const start = this.#token;
    const name = this.#path();
    const call: Call = {
      kind: 'call',
      name,
      on,
      positional: [],
      named: new Map(),
      line: start.line,
      source: '',
    };
    if (this.#take('(')) {
      this.#arguments(call, ')');
      this.#expect(')');
    } else if (this.#beginsArgument()) {
      this.#arguments(call, '');
    }
    if (this.#is('{')) call.body = this.#block();
    call.source = on
      ? `${on.source}.${this.#sourceFrom(start)}`
      : this.#sourceFrom(start);
    if (this.#is('.') && this.#tokens[this.#at + 1].kind === 'word') {
      this.#at += 1;
      return this.#call(call);
    }
    return call;
  }

  #beginsArgument(): boolean {
    const { kind } = this.#token;
    return (
      kind === 'text' || kind === 'word' || kind === 'number' || this.#is('[')
    );
  }

  #arguments(call: Call, end: string) {
    for (;;) {
      if (end) this.#skipLines();
      if (end && this.#is(end)) return;
      const name = this.#argumentName();
      if (name === undefined) call.positional.push(this.#value());
      else call.named.set(name, this.#value());
      if (end) this.#skipLines();
      if (!this.#take(',')) return;
      this.#skipLines();
    }
  }

  /** The name before a colon, when there is one. */
  #argumentName(): string | undefined {
    const { kind, value } = this.#token;
    const next = this.#tokens[this.#at + 1];
    if (
      (kind !== 'word' && kind !== 'text') ||
      next.kind !== 'sign' ||
      next.value !== ':'
    ) {
      return undefined;
    }
    this.#at += 2;
    this.#skipLines();
    return value;
  }

  #value(): Value {
    const at = this.#at;
    const start = this.#token;
    const simple = this.#simpleValue();
    if (simple && this.#atEnd()) return simple;
    // A body may follow the last argument: stage('x') { }, but also node 'x' { }.
    if (simple && this.#is('{')) return simple;
    this.#at = at;
    this.#skipExpression(true);
    if (this.#at === at) throw this.#unexpected('a value');
    return { kind: 'other', source: this.#sourceFrom(start) };
  }

  #simpleValue(): Value | undefined {
    const { kind, value, parts } = this.#token;
    if (kind === 'text') {
      this.#at += 1;
      return { kind: 'text', parts };
    }
    if (kind === 'number') {
      this.#at += 1;
      return { kind: 'literal', value: Number(value.replaceAll('_', '')) };
    }
    if (value === 'true' || value === 'false') {
      this.#at += 1;
      return { kind: 'literal', value: value === 'true' };
    }
    if (kind === 'word') return { kind: 'call', call: this.#call() };
    if (this.#is('[')) return this.#listOrMap();
    if (this.#is('{')) return { kind: 'closure', body: this.#block() };
    return undefined;
  }

  #listOrMap(): Value {
    this.#expect('[');
    const items: Value[] = [];
    const entries = new Map<string, Value>();
    if (this.#take(':')) {
      this.#expect(']');
      return { kind: 'map', entries };
    }
    for (;;) {
      this.#skipLines();
      if (this.#is(']')) break;
      const name = this.#argumentName();
      if (name === undefined) items.push(this.#value());
      else entries.set(name, this.#value());
      this.#skipLines();
      if (!this.#take(',')) break;
    }
    this.#skipLines();
    this.#expect(']');
    return entries.size > 0
      ? { kind: 'map', entries }
      : { kind: 'list', items };
  }

  /** To the end of an expression; what is in brackets belongs to it. */
  #skipExpression(untilComma: boolean) {
    for (;;) {
      const { kind, value } = this.#token;
      if (kind === 'end' || kind === 'newline') return;
      if (kind === 'sign') {
        if (value === ';' || (untilComma && value === ',')) return;
        if ([')', ']', '}'].includes(value)) return;
        if (opening[value]) {
          this.#skipBrackets(opening[value]);
          continue;
        }
      }
      this.#at += 1;
    }
  }

  #skipBrackets(end: string) {
    this.#at += 1;
    while (!this.#is(end)) {
      const { kind, value } = this.#token;
      if (kind === 'end') throw this.#unexpected(`"${end}"`);
      if (kind === 'sign' && opening[value]) this.#skipBrackets(opening[value]);
      else this.#at += 1;
    }
    this.#at += 1;
  }
}

/**
 * Reads the part of Groovy that Jenkinsfiles are made of: calls, blocks,
 * assignments, conditions. Any other code is kept as its source.
 *
 * @throws InputError that names the line where the code cannot be read
 */
export function parseJenkinsfile(code: string): Statement[] {
  return new Parser(code.replaceAll('\r\n', '\n')).program();
}
