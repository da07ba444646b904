import path from 'node:path';
import ts from 'typescript';

/** Sources by path from the root of the project, with forward slashes. */
export type Sources = ReadonlyMap<string, string>;

/** One relative import, resolved to a path without extension (and without a final `/index`). */
export interface Import {
  from: string;
  to: string;
  /** Nothing is left of it after compilation. */
  typeOnly: boolean;
}

/** Every relative import, export-from, `import()` and `require()` of these sources. */
export function importsOf(sources: Sources): Import[] {
  return [...sources].flatMap(([from, text]) => {
    const found: Import[] = [];
    const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
      if (specifier === undefined || !ts.isStringLiteralLike(specifier) || !specifier.text.startsWith('.')) return;
      found.push({ from, to: resolve(from, specifier.text, sources), typeOnly });
    };
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnlyImport(node.importClause));
      else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, isTypeOnlyExport(node));
      else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
      else if (ts.isExternalModuleReference(node)) add(node.expression, false);
      else if (ts.isCallExpression(node) && isLoad(node.expression)) add(node.arguments[0], false);
      node.forEachChild(visit);
    };
    visit(ts.createSourceFile(from, text, ts.ScriptTarget.ESNext));
    return found;
  });
}

function isLoad(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  return (
    name === undefined &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    allTypes(namedBindings.elements)
  );
}

function isTypeOnlyExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  return (
    isTypeOnly || (exportClause !== undefined && ts.isNamedExports(exportClause) && allTypes(exportClause.elements))
  );
}

function allTypes(elements: readonly { isTypeOnly: boolean }[]): boolean {
  return elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly);
}

function resolve(from: string, specifier: string, sources: Sources): string {
  const target = path.posix.join(path.posix.dirname(from), specifier);
  return [`${target}.ts`, `${target}/index.ts`].find((file) => sources.has(file)) ?? target;
}
