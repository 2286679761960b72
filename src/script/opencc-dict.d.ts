/** opencc-js ships its single dictionaries without types: each is "source target|source target|…". */
declare module 'opencc-js/dict/*' {
  const dictionary: string;
  export default dictionary;
}
