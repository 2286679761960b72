/** What whoever opens a link of one download reads: a page without the app, in the reader's script. */

type Script = 'hans' | 'hant';

const TEXTS = {
  hans: {
    lang: 'zh-Hans',
    title: '日学',
    ready: '一张表，只能下载一次',
    readyText: '按下面下载。在微信里点右上角，选“在浏览器打开”，再下载。',
    download: '下载这张表',
    over: '这个链接用过了，或者过时了',
    overText: '请发链接的人再做一个。一个链接管十分钟，只能下载一次。',
  },
  hant: {
    lang: 'zh-Hant-HK',
    title: '日學',
    ready: '一張表，只能下載一次',
    readyText: '按下面下載。在微信裏點右上角，選「在瀏覽器打開」，再下載。',
    download: '下載這張表',
    over: '這個鏈接用過了，或者過時了',
    overText: '請發鏈接的人再做一個。一個鏈接管十分鐘，只能下載一次。',
  },
} satisfies Record<Script, Record<string, string>>;

/** The colours and sizes of the app (ui/tokens.css), as far as one page needs them. */
const STYLE = `body{margin:0;padding:1.5rem;background:#faf6ee;color:#1f1b17;font:125%/1.6 sans-serif}
main{max-width:26rem;margin:0 auto}
h1{font:700 1.5rem/1.35 "Songti SC","Noto Serif CJK SC",serif}
p{color:#564d44}
a{display:block;margin-top:1.5rem;padding:1rem;border-radius:4px;background:#8f181b;color:#faf6ee;font-weight:700;text-align:center;text-decoration:none}
@media(prefers-color-scheme:dark){body{background:#171410;color:#f2ebdf}p{color:#c0b4a4}a{background:#f4a6a8;color:#171410}}`;

/** The page of a link that gives a table at `download`, or (null) gives nothing any more. */
export function oncePage(acceptLanguage: string | undefined, download: string | null): string {
  const text = TEXTS[scriptOf(acceptLanguage)];
  const [title, words] = download ? [text.ready, text.readyText] : [text.over, text.overText];
  const button = download ? `<a href="${download}">${text.download}</a>` : '';
  return `<!doctype html>
<html lang="${text.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${text.title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${words}</p>${button}</main></body></html>
`;
}

/** Traditional where the browser asks for it before simplified. */
function scriptOf(acceptLanguage = ''): Script {
  const first = /zh(-[a-z]+)*/i.exec(acceptLanguage)?.[0] ?? '';
  return /hant|tw|hk|mo/i.test(first) ? 'hant' : 'hans';
}
