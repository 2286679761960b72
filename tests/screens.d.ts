/** The compiler of the tests reads no .vue file; that of the app (vue-tsc) checks what is in them. */
declare module '*.vue' {
  import type { Component } from 'vue';
  const screen: Component;
  export default screen;
}
