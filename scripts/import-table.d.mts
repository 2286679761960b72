export declare const folders: string[];
export declare const importTable: Record<string, string[]>;
export declare const packageBans: Record<string, string[]>;
export declare function bansFor(
  folder: string,
  inside?: string,
): { regex: string; message: string }[];
