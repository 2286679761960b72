/** `npm run --silent check-code -- FILE.csv`: whether the check code (校驗碼) of an exported roll fits what the file holds. */
import { readFileSync } from 'node:fs';
import { checkExport } from './check-export.ts';

const file = process.argv[2];
const checked = file === undefined ? null : checkExport(readFileSync(file, 'utf8'));
if (!checked) {
  console.error(
    '这不是结束点名以后导出的表（CSV）。This is no table (CSV) of a closed roll: check-code FILE.csv',
  );
  process.exitCode = 2;
} else {
  const { said, computed, people } = checked;
  const fits = said === computed;
  console.log(
    fits
      ? `${computed}：对得上，${people} 人。The code fits, ${people} people.`
      : `表上是 ${said}，算出来是 ${computed}：对不上。The code does not fit: the table was changed.`,
  );
  process.exitCode = fits ? 0 : 1;
}
