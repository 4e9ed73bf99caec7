export const kernels: readonly string[];
export function compiled(name: string): Promise<string>;
export function kept(name: string): string;
