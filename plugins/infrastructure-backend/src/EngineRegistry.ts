import type {
  BillBook,
  BillBookExtensionPoint,
  BudgetBook,
  BudgetBookExtensionPoint,
  Engine,
  EnginesExtensionPoint,
  PolicyAnswer,
  PolicyEngine,
  PolicyExtensionPoint,
  PolicyInput,
  SecretSink,
  SecretSinksExtensionPoint,
} from '@waymark/plugin-infrastructure-node';

/** The engines that modules brought. */
export class EngineRegistry implements EnginesExtensionPoint {
  readonly #engines = new Map<string, Engine>();

  addEngine(engine: Engine): void {
    if (this.#engines.has(engine.name)) {
      throw new Error(`There are two engines by the name of ${engine.name}`);
    }
    this.#engines.set(engine.name, engine);
  }

  get engines(): ReadonlyMap<string, Engine> {
    return this.#engines;
  }
}

/** The rules that a module brought. As long as none did, nothing is judged, and so nothing allowed. */
export class PolicyHolder implements PolicyExtensionPoint, PolicyEngine {
  #engine: PolicyEngine | undefined;

  setPolicyEngine(engine: PolicyEngine): void {
    if (this.#engine) throw new Error('There are two policy engines');
    this.#engine = engine;
  }

  async judge(
    input: PolicyInput,
    options?: { signal?: AbortSignal },
  ): Promise<PolicyAnswer> {
    if (!this.#engine) {
      throw new Error(
        'This portal has no policy engine; add a module with one',
      );
    }
    return this.#engine.judge(input, options);
  }
}

/** The places for secrets that modules brought. */
export class SinkRegistry implements SecretSinksExtensionPoint {
  readonly #sinks = new Map<string, SecretSink>();

  addSink(sink: SecretSink): void {
    if (this.#sinks.has(sink.name)) {
      throw new Error(`There are two sinks by the name of ${sink.name}`);
    }
    this.#sinks.set(sink.name, sink);
  }

  get sinks(): ReadonlyMap<string, SecretSink> {
    return this.#sinks;
  }
}

/** What groups may spend, where a module knows it. */
export class BudgetHolder implements BudgetBookExtensionPoint {
  #book: BudgetBook | undefined;

  setBudgetBook(book: BudgetBook): void {
    if (this.#book) throw new Error('There are two books of budgets');
    this.#book = book;
  }

  get book(): BudgetBook | undefined {
    return this.#book;
  }
}

/** What resources really cost, where a module knows it. */
export class BillHolder implements BillBookExtensionPoint {
  #book: BillBook | undefined;

  setBillBook(book: BillBook): void {
    if (this.#book) throw new Error('There are two books of bills');
    this.#book = book;
  }

  get book(): BillBook | undefined {
    return this.#book;
  }
}
