/** What a Python file imports. */
export class PythonImports {
  readonly #names = new Map<string, Set<string>>();
  readonly #modules = new Set<string>();

  /** `from module import name` */
  add(module: string, name: string): void {
    const names = this.#names.get(module) ?? new Set();
    this.#names.set(module, names.add(name));
  }

  /** `import name` */
  module(name: string): void {
    this.#modules.add(name);
  }

  /** The lines, standard library first. */
  lines(): string[] {
    const groups = [
      [...this.#modules].sort().map((name) => `import ${name}`),
      this.#from(['typing']),
      this.#from(['pydantic', 'typing_extensions']),
    ];
    const standard = [...groups[0]!, ...groups[1]!];
    return [
      ...standard,
      ...(standard.length > 0 && groups[2]!.length > 0 ? [''] : []),
      ...groups[2]!,
    ];
  }

  #from(modules: readonly string[]): string[] {
    return modules.flatMap((module) => {
      const names = this.#names.get(module);
      return names ? [`from ${module} import ${[...names].sort().join(', ')}`] : [];
    });
  }
}

/** The file: annotations are read late, so that a class can name itself and what comes after it. */
export function pythonFile(
  imports: PythonImports,
  blocks: readonly string[],
  rootName: string,
): string {
  const head = ['from __future__ import annotations', '', ...imports.lines()].join('\n');
  return `${[head, ...blocks].join('\n\n\n')}\n\n\n${rootName}.model_rebuild()\n`;
}
