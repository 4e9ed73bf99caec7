import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** A file of `src`, its path from there, and what it imports: paths from there too, and names of packages. */
export type SourceFile = {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
};

const imported =
  /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g;

/** Every file of `src` that somebody wrote. */
export function readSource(): SourceFile[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('store/generated/'))
    .sort()
    .map((path) => {
      const text = readFileSync(join('src', path), 'utf8');
      const names = [...text.matchAll(imported)].map(
        ([, from, lazily, only]) => from ?? lazily ?? only ?? '',
      );
      return { path, text, imports: names.map((name) => resolve(path, name)) };
    });
}

function resolve(path: string, name: string): string {
  return name.startsWith('.') ? normalize(join(dirname(path), name)) : name;
}

/** The folder at the top in which a file lies; the file itself when it lies there. */
export function folderOf(path: string): string {
  return path.split('/')[0] ?? path;
}

/** The text without comments, and without what stands between quotes. */
export function codeOf({ text }: Pick<SourceFile, 'text'>): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
}
