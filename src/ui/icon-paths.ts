/** Our own drawings on a 24 × 24 grid: strokes only, 1.75 wide, square ends. */
export const iconPaths = {
  today: 'M4 6h16v14H4zM4 10.5h16M8.5 3v4.5M15.5 3v4.5M9 15.2h6',
  study:
    'M12 6.5C10 5 7 4.5 3.5 4.5v14c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2v-14c-3.5 0-6.5.5-8.5 2zM12 6.5v14',
  activities:
    'M9 11.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM2.5 20c0-3.5 2.7-5.5 6.5-5.5s6.5 2 6.5 5.5M16 5.3a3 3 0 0 1 0 5.9M18 14.9c2.2.7 3.5 2.5 3.5 5.1',
  me: 'M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5zM4.5 20.5c0-3.8 3-6 7.5-6s7.5 2.2 7.5 6',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  forward: 'M9.5 5.5 16 12l-6.5 6.5',
  check: 'M5 12.5 10 17.5 19.5 7',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
} as const;

export type IconName = keyof typeof iconPaths;
