import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { holes } from './known.js';

/** A regular expression as a source has it. */
export interface Expression {
  /** Path from the root, and line: `model/import/csv.ts:12`. */
  place: string;
  /** As it would be written: `/a+/i`. */
  text: string;
  source: string;
  flags: string;
}

const folders = ['bin', 'model', 'mocks', 'docker', 'harness', 'reports', 'scenarios'];
/** What is no part of the product, or reads nothing but what we made ourselves. */
const notForeign = /\.test\.ts$|(^|[/-])testing\b|^harness\/engines\/clients\/|\/build-[a-z]+\.ts$|\.d\.ts$/;

/** Every regular expression of the product: literals, and what is given to `RegExp`. */
export async function expressionsOf(root: string): Promise<Expression[]> {
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true })).map((file) => `${folder}/${file}`),
    ),
  );
  const sources = files
    .flat()
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(ts|tsx|mts|mjs|js|cjs)$/.test(file) && !notForeign.test(file))
    .sort();
  const found = sources.map(async (file) => expressionsIn(file, await readFile(join(root, file), 'utf8')));
  return (await Promise.all(found)).flat();
}

/** @throws Error for one that is put together of what nobody knows: {@link holes} says what it stands for */
export function expressionsIn(file: string, text: string): Expression[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Expression[] = [];
  const add = (node: ts.Node, pattern: string, flags: string) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ place: `${file}:${line}`, text: `/${pattern}/${flags}`, source: pattern, flags });
  };
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.RegularExpressionLiteral) {
      const [, pattern = '', flags = ''] = /^\/(.*)\/(\w*)$/s.exec(node.getText()) ?? [];
      add(node, pattern, flags);
    }
    const isMade = ts.isNewExpression(node) || ts.isCallExpression(node);
    if (isMade && node.expression.getText() === 'RegExp' && node.arguments?.[0]) {
      const [pattern, flags] = node.arguments;
      const [all] = flags ? valuesOf(flags, file) : [''];
      for (const one of valuesOf(pattern, file)) add(node, one, all ?? '');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The texts that an expression can be: more than one where it chooses. */
function valuesOf(node: ts.Expression, file: string): string[] {
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [node.text];
  if (ts.isConditionalExpression(node))
    return [...valuesOf(node.whenTrue, file), ...valuesOf(node.whenFalse, file)];
  if (ts.isTemplateExpression(node)) return ofTemplate(node, file, ({ text }) => text);
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'String.raw')
    return ts.isTemplateExpression(node.template)
      ? ofTemplate(node.template, file, ({ rawText }) => rawText ?? '')
      : [node.template.rawText ?? ''];
  const made = ts.isIdentifier(node) ? constantIn(node) : undefined;
  if (made) return valuesOf(made, file);
  const known = holes[`${file}: ${node.getText()}`];
  if (known === undefined)
    throw new Error(
      `${file}: what \`${node.getText()}\` stands for in a regular expression is not known: tell it in dev/regular-expressions/known.ts`,
    );
  return [known];
}

function ofTemplate(
  node: ts.TemplateExpression,
  file: string,
  textOf: (part: ts.TemplateLiteralLikeNode) => string,
): string[] {
  return node.templateSpans.reduce<string[]>(
    (begins, { expression, literal }) =>
      begins.flatMap((begin) =>
        valuesOf(expression, file).map((value) => `${begin}${value}${textOf(literal)}`),
      ),
    [textOf(node.head)],
  );
}

/** What a constant at the top of the same file is. */
function constantIn(name: ts.Identifier): ts.Expression | undefined {
  return name
    .getSourceFile()
    .statements.filter((one) => ts.isVariableStatement(one))
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find((one) => one.name.getText() === name.text)?.initializer;
}
