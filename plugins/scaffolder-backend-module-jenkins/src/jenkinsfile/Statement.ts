/** A piece of a Groovy string: text, or an expression between `${` and `}`. */
export type TextPart = { text: string } | { expression: string };

/** What stands where Groovy wants a value. */
export type Value =
  | { kind: 'text'; parts: TextPart[] }
  | { kind: 'literal'; value: number | boolean }
  | { kind: 'list'; items: Value[] }
  | { kind: 'map'; entries: Map<string, Value> }
  | { kind: 'closure'; body: Statement[] }
  | { kind: 'call'; call: Call }
  /** An expression that is more than one of the above. */
  | { kind: 'other'; source: string };

/** `name(arguments) { body }`, with or without parentheses; the parts may be absent. */
export type Call = {
  kind: 'call';
  /** With its dots, such as `docker.image`. */
  name: string;
  /** What it is called on, such as `docker.image('x')` of `docker.image('x').inside`. */
  on?: Call;
  positional: Value[];
  named: Map<string, Value>;
  body?: Statement[];
  line: number;
  source: string;
};

export type Statement =
  | Call
  | {
      kind: 'assignment';
      name: string;
      value: Value;
      line: number;
      source: string;
    }
  | {
      kind: 'if';
      condition: string;
      then: Statement[];
      otherwise: Statement[];
      line: number;
      source: string;
    }
  | {
      kind: 'try';
      body: Statement[];
      caught: Statement[];
      lastly: Statement[];
      line: number;
      source: string;
    }
  /** Code that is none of the above. */
  | { kind: 'other'; line: number; source: string };
