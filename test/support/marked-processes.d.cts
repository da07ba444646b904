export function marked(mark: string): { pid: number; command: string }[];
